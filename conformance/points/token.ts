import { callsDuring, onSearch, withEmulator } from '../breaking.ts';
import { expectKind, expectThat, onlyMember, replyIn } from '../expect.ts';
import type { Point } from '../point.ts';

/** Searches at once that meet a dead token. */
const AT_ONCE = 4;

/** What goes wrong where a token is to come from. */
const REPLIES = [
  ['refused', 'A refused token', { kind: 'errcode', errcode: 40001 }],
  ['empty', 'A token reply without a token', { kind: 'json', body: { token_type: 'bearer' } }],
  ['page', 'A page in place of a token', { kind: 'html' }],
] as const;

/** The platform’s token: kept, renewed once, shared. */
export const TOKEN_POINTS: readonly Point[] = [
  ...REPLIES.map(([name, title, fault]) =>
    withEmulator(`token.${name}`, `${title} is a failure of the platform’s`, async (context, emulator) => {
      await emulator.set({ faults: [onSearch({ kind: 'revokeTokens' }), { endpoint: 'token', ...fault }] });
      const answer = await context.backend.search(context.members.hit);
      const cure = 'A success has an access_token and no errcode; whatever else comes is 502.';
      return expectKind(answer, ['upstream'], cure);
    }),
  ),
  ...(['expireTokens', 'revokeTokens'] as const).map((kind) =>
    withEmulator(
      `token.${kind === 'expireTokens' ? '40002' : '40005'}`,
      `A token that the platform ${kind === 'expireTokens' ? 'lets expire (40002)' : 'rejects (40005)'} is renewed once, and the search repeated once`,
      async ({ backend, members }, emulator) => {
        await emulator.set({ faults: [onSearch({ kind })] });
        const made = await callsDuring(emulator, () => backend.search(members.hit));
        onlyMember(made.answer, members.hit);
        expectThat(made.token === 1 && made.search === 2, {
          expected: 'one call for a token and two searches',
          came: `${made.token} and ${made.search}`,
          cure: 'Keep the token between searches; drop it on 40002 and 40005, fetch one, repeat the search once.',
        });
        return undefined;
      },
    ),
  ),
  withEmulator(
    'token.rejected-twice',
    'A token that is rejected again ends in a failure, not in a loop',
    async ({ backend, members }, emulator) => {
      await emulator.set({ faults: [onSearch({ kind: 'errcode', errcode: 40002, times: 'always' })] });
      const made = await callsDuring(emulator, () => backend.search(members.hit));
      const cure = 'Renew once for each search; what is rejected after that is 502.';
      expectThat(made.token <= 1 && made.search <= 2, {
        expected: 'no more than one call for a token and two searches',
        came: `${made.token} and ${made.search}`,
        cure,
      });
      return expectKind(made.answer, ['upstream'], cure);
    },
  ),
  withEmulator(
    'token.shared',
    'Searches at once share one token and one call for it',
    async ({ backend, members }, emulator) => {
      await emulator.set({ faults: [onSearch({ kind: 'expireTokens' })] });
      const names = Array.from({ length: AT_ONCE }, (_, index) => `${members.nobody}${index}`);
      const made = await callsDuring(emulator, () => Promise.all(names.map((name) => backend.search(name))));
      const cure =
        'Let one search fetch the token while the others wait for it, and drop a token only if it is still the one that was rejected: the platform may count these calls.';
      for (const answer of made.answer) replyIn(answer, 'an answer to each', cure);
      const came = `${made.token} for ${AT_ONCE} searches`;
      expectThat(made.token === 1, { expected: 'one call for a token', came, cure });
      return undefined;
    },
  ),
];
