import { WebSocket } from 'undici';

const ANSWER_DEADLINE_MS = 30_000;

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: unknown;
  message?: string;
}

/** Commands and events over a WebSocket, numbered as CDP and WebDriver BiDi both do. */
export interface Channel {
  /** @throws with what the browser said. */
  readonly send: <Result>(method: string, params?: object) => Promise<Result>;
  readonly on: (method: string, listen: (params: never) => void) => void;
  readonly close: () => void;
}

export async function openChannel(address: string): Promise<Channel> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`${address} does not answer`)));
  });
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Map<string, (params: never) => void>();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id === undefined) listeners.get(message.method ?? '')?.(message.params as never);
    else waiting.get(message.id)?.(message);
  });
  socket.addEventListener('close', () => {
    for (const answer of waiting.values()) answer({ error: 'the browser has gone' });
  });
  let last = 0;
  return {
    send<Result>(method: string, params: object = {}) {
      const id = (last += 1);
      return new Promise<Result>((resolve, reject) => {
        const answer = ({ result, error, message }: Message) => {
          clearTimeout(timer);
          waiting.delete(id);
          if (error === undefined) resolve(result as Result);
          else reject(new Error(`${method}: ${JSON.stringify(error)} ${message ?? ''}`));
        };
        const timer = setTimeout(() => answer({ error: 'no answer in time' }), ANSWER_DEADLINE_MS);
        waiting.set(id, answer);
        socket.send(JSON.stringify({ id, method, params }));
      });
    },
    on: (method, listen) => void listeners.set(method, listen),
    close: () => socket.close(),
  };
}
