import { describe, expect, test } from 'vitest';
import { FIELD_KEYS } from '#contract/fields.ts';
import type { SearchAnswer } from '#contract/wire.ts';
import { APPLICATIONS } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { builtInPolicy } from '#server/policy/defaults.ts';
import { VIEWER_KINDS } from '#server/viewers/viewer.ts';
import type { ViewerKind } from '#server/viewers/viewer.ts';
import { Browser } from '../sign-in/browser.ts';
import { emulatorFor, search, startRelay } from '../support/relay.ts';

const { name: NAME, card_number: CARD_NUMBER } = PEOPLE.everyField.fields;

/** The demonstration, whose switch makes a viewer of each kind; the application was granted every field. */
async function startDemo() {
  const emulator = await emulatorFor();
  const { url } = await startRelay({ platform: emulator.url, application: APPLICATIONS.everything });
  return {
    async as(kind: ViewerKind) {
      const browser = new Browser();
      expect((await browser.post(`${url}/api/demo/viewer`, { kind })).status).toBe(200);
      return (keywords: string) => browser.post(`${url}/api/members/search`, { keywords });
    },
  };
}

function cardOnly(shown: readonly string[]): string {
  return JSON.stringify({
    profiles: [{ name: 'lodge', kinds: ['staff'], shown, searches: ['card-number'] }],
  });
}

describe('each default profile', () => {
  test.each(builtInPolicy('demo').rules.map(({ profile }) => profile))(
    'of a $name is sent exactly its fields, of a member who has all 34',
    async (profile) => {
      const demo = await startDemo();
      const ask = await demo.as(profile.name as ViewerKind);
      const body = (await (await ask(NAME)).json()) as SearchAnswer;
      const { ref, ...member } = body.userlist[0] ?? {};
      expect(Object.keys(member).sort()).toEqual([...profile.shown, ...profile.masked].sort());
      expect(ref).toBeDefined();
      for (const field of profile.masked) expect(member[field]).toContain('***');
      expect(body.policy?.revealable).toEqual([...profile.revealable]);
      if (!profile.shown.has('organization')) expect(body.organizations).toEqual({});
    },
  );

  test.each(VIEWER_KINDS.filter((kind) => kind === 'alumni' || kind === 'other'))(
    'leaves %s out: forbidden, and the platform is not asked',
    async (kind) => {
      const demo = await startDemo();
      const answer = await (await demo.as(kind))(NAME);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ errcode: 403 });
    },
  );
});

describe('a profile limited to card numbers', () => {
  test('finds by card number, and may not ask by name', async () => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url, policy: cardOnly(['name', 'college']) });
    const found = await search(url, CARD_NUMBER);
    expect(found.body.userlist[0]).toMatchObject({ name: NAME });
    expect(Object.keys(found.body.userlist[0] ?? {}).sort()).toEqual(['college', 'name', 'ref']);

    emulator.resetStats();
    const refused = await search(url, NAME);
    expect(refused.status).toBe(403);
    expect(refused.body.errmsg).toBe('Search by card number.');
    expect(emulator.stats.calls.search).toBe(0);
  });
});

describe('a field that policy hides', () => {
  test('reaches no reply in any spelling, whatever the platform was told', async () => {
    const emulator = await emulatorFor();
    const { url, log } = await startRelay({
      platform: emulator.url,
      application: APPLICATIONS.everything,
      policy: JSON.stringify({ profiles: [{ name: 'bare', kinds: ['staff'], shown: ['name'] }] }),
    });
    const { body } = await search(url, CARD_NUMBER);
    // What was searched is the viewer's own word.
    const text = JSON.stringify({ ...body, searched: undefined }) + log();
    for (const field of FIELD_KEYS.filter((key) => key !== 'name')) {
      const value = (PEOPLE.everyField.fields as Record<string, unknown>)[field];
      if (typeof value === 'string' && value.length > 3) expect(text).not.toContain(value);
    }
    expect(Object.keys(body.userlist[0] ?? {}).sort()).toEqual(['name', 'ref']);
  });
});
