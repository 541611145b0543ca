import { viewersOf } from './campus.ts';

/** A signed-in browser's `Cookie` header. */
export type Cookie = string;

export interface Viewers {
  readonly staff: readonly Cookie[];
  readonly students: readonly Cookie[];
}

const OF_EACH_KIND = 16;

/** Signs in as many members of the campus, each the whole way over the platform. */
export async function signInViewers(relayUrl: string): Promise<Viewers> {
  const signInAll = (cardNumbers: readonly string[]) =>
    Promise.all(cardNumbers.map((cardNumber) => signIn(relayUrl, cardNumber)));
  return {
    staff: await signInAll(viewersOf('staff', OF_EACH_KIND)),
    students: await signInAll(viewersOf('student', OF_EACH_KIND)),
  };
}

async function signIn(relayUrl: string, cardNumber: string): Promise<Cookie> {
  const away = await fetch(`${relayUrl}/auth/login`, { redirect: 'manual' });
  const authorize = new URL(away.headers.get('location') ?? '');
  authorize.searchParams.set('card_number', cardNumber);
  const back = await fetch(authorize, { redirect: 'manual' });
  const answer = await fetch(back.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { cookie: cookiesOf(away) },
  });
  if (answer.status !== 303) throw new Error(`${cardNumber} was not signed in: ${answer.status}`);
  return cookiesOf(answer);
}

function cookiesOf(answer: Response): Cookie {
  const pairs = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return pairs.filter((pair) => !pair.endsWith('=')).join('; ');
}
