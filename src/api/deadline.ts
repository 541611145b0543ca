import { LookupFailure } from './failure.ts';

/**
 * Runs `task` with a signal that ends with `signal` or after `ms`, and settles then even when the task
 * does not: whatever hangs, a spinner ends.
 *
 * @throws LookupFailure `timeout`
 */
export async function withDeadline<T>(
  ms: number,
  signal: AbortSignal,
  task: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new LookupFailure('timeout'));
      abort();
    }, ms);
  });
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([task(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
