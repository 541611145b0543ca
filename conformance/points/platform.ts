import { onSearch, withEmulator } from '../breaking.ts';
import { describe, expectKind, expectThat, onlyMember, replyIn } from '../expect.ts';
import type { Point } from '../point.ts';

/** The platform’s words must not reach a viewer: they may quote what was searched. */
const PLATFORM_WORDS = 'words-of-the-platform';

type Kinds = Parameters<typeof expectKind>[1];

/** What the platform does, and how the failure table has it answered. */
const FAULTS: readonly { id: string; title: string; faults: object[]; kinds: Kinds; cure: string }[] = [
  ...(
    [
      [40003, 'signed-out'],
      [40008, 'forbidden'],
      [40009, 'invalid'],
      [40010, 'invalid'],
      [40018, 'not-enabled'],
      [40001, 'upstream'],
      [40006, 'upstream'],
      [49999, 'upstream'],
    ] as const
  ).map(([errcode, kind]) => ({
    id: `platform.${errcode}`,
    title: `The platform’s ${errcode} is read as "${kind}"`,
    faults: [onSearch({ kind: 'errcode', errcode })],
    kinds: [kind],
    cure: 'Read errcode, whatever the HTTP status, and answer by the table of docs/backend.md.',
  })),
  ...(
    [
      ['html', 'A page in place of JSON', { kind: 'html' }],
      ['status', 'A status of 500', { kind: 'status', status: 500 }],
      ['truncated', 'JSON that stops in the middle', { kind: 'truncate' }],
      ['cut', 'A connection that is lost', { kind: 'cut' }],
      [
        'redirect',
        'A redirect, which is not followed,',
        { kind: 'redirect', location: 'http://127.0.0.1:9/' },
      ],
      ['huge', 'An answer without end', { kind: 'huge' }],
    ] as const
  ).map(([name, title, fault]) => ({
    id: `platform.${name}`,
    title: `${title} is a failure of the platform’s`,
    faults: [onSearch(fault)],
    kinds: ['upstream'] as const,
    cure: 'Answer 502 unless the platform sent a whole JSON object of no more than 8 MiB. A redirect would carry the token elsewhere.',
  })),
  ...(
    [
      ['hang', 'A platform that does not answer', { kind: 'hang' }],
      ['drip', 'A platform that answers byte by byte', { kind: 'drip', intervalMs: 1000 }],
    ] as const
  ).map(([name, title, fault]) => ({
    id: `platform.${name}`,
    title: `${title} is given up in time`,
    faults: [onSearch(fault)],
    kinds: ['timeout'] as const,
    cure: 'One deadline for the whole call, body included (3 s), not one for each read; then 504.',
  })),
  {
    id: 'platform.limited',
    title: 'A platform that asks to wait is no storm',
    faults: [onSearch({ kind: 'limited', retryAfter: 1 })],
    kinds: ['busy', 'upstream', 'limited'],
    cure: 'Do not repeat the call: answer 503 with Retry-After, or 502.',
  },
];

/** Ways of the platform that no page settles: all of them work. */
const WAYS: readonly { id: string; title: string; settings: object }[] = [
  {
    id: 'platform.numbers',
    title: 'Numbers as text, and Chinese escaped, are read',
    settings: { numbers: 'strings', expiresIn: 'string', escapeUnicode: true },
  },
  {
    id: 'platform.validity',
    title: 'Unknown fields, and fields under their other names, do no harm',
    settings: { validityNames: 'start_time', extraFields: true, notGranted: 'null' },
  },
];

const NOBODY = ['emptyList', 'code40007', 'noList'] as const;

export const PLATFORM_POINTS: readonly Point[] = [
  ...FAULTS.map(({ id, title, faults, kinds, cure }) =>
    withEmulator(id, title, async (context, emulator) => {
      await emulator.set({ faults });
      return expectKind(await context.backend.search(context.members.hit), kinds, cure);
    }),
  ),
  ...WAYS.map(({ id, title, settings }) =>
    withEmulator(id, title, async ({ backend, members }, emulator) => {
      await emulator.set({ ...settings, faults: [onSearch({ kind: 'expireTokens' })] });
      onlyMember(await backend.search(members.hit), members.hit);
      return undefined;
    }),
  ),
  ...NOBODY.map((nobody) =>
    withEmulator(
      `platform.nobody.${nobody}`,
      `Nobody, told as ${nobody}, is nobody`,
      async (context, emulator) => {
        const { backend, members } = context;
        await emulator.set({ nobody });
        const expected = 'an empty userlist, no userlist, or errcode 40007';
        const answer = await backend.search(members.nobody);
        const reply = replyIn(answer, expected, 'All three forms mean that nobody matches: answer 200.');
        const cure = 'Make up no members.';
        expectThat(reply.members.length === 0, { expected, came: describe(answer), cure });
        return undefined;
      },
    ),
  ),
  withEmulator(
    'platform.words',
    'Nothing of a failure’s own words is passed on',
    async (context, emulator) => {
      const body = { errcode: 40008, errmsg: PLATFORM_WORDS, userlist: [{ name: PLATFORM_WORDS }] };
      await emulator.set({ faults: [onSearch({ kind: 'json', body })] });
      const answer = await context.backend.search(context.members.hit);
      expectThat(!answer.text.includes(PLATFORM_WORDS), {
        expected: 'the errcode, with an errmsg of the backend’s own',
        came: `${describe(answer)}, and the platform’s errmsg or userlist`,
        cure: 'Build each failure’s envelope yourself: the platform’s words may quote what was searched.',
      });
      return expectKind(answer, ['forbidden'], 'Answer by the table of docs/backend.md.');
    },
  ),
];
