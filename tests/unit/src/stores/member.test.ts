import { describe, expect, it } from 'vitest';
import type { Member } from '#contract/member.ts';
import { useMemberStore } from '#src/stores/member.ts';
import { useSearchStore } from '#src/stores/search.ts';
import type { Services } from '#src/services.ts';
import { createRecordStore } from '#src/browser/record-store.ts';
import { appServices, piniaWith } from '#tests/support/app-services.ts';
import { gate, startGateway } from '#tests/support/gateway.ts';
import type { GatewayAnswer } from '#tests/support/gateway.ts';

type Answer = (body: { keywords?: string; ref?: string }) => GatewayAnswer | Promise<GatewayAnswer>;

async function storesWith(answer: Answer, services?: Partial<Services>) {
  const { url, requests } = await startGateway(({ body }) =>
    answer(body as { keywords?: string; ref?: string }),
  );
  const pinia = piniaWith(appServices({ url, ...(services ? { services } : {}) }));
  return {
    search: useSearchStore(pinia),
    member: useMemberStore(pinia),
    bodies: () => requests.map(({ body }) => body),
  };
}

/** A relay: several hits with card fields only, one member by its ref in full. */
const relay: Answer = ({ keywords, ref }) => ({
  body: {
    errcode: 0,
    complete: ref !== undefined,
    userlist: ref
      ? [{ name: '张伟', ref, campus: '东校区' }]
      : ['a', 'b'].map((id) => ({ name: keywords, ref: id })),
    policy: { granted: ['name', 'campus'] },
  },
});

/** A gateway that adds the token and nothing else. */
const gateway: Answer = ({ keywords }) => ({
  body: { errcode: 0, userlist: [{ name: '王芳', card_number: keywords === '王芳' ? '0012' : keywords }] },
});

describe('opening a member', () => {
  it('shows what the card knows at once, and the rest when it comes', async () => {
    const { search, member } = await storesWith(relay);
    await search.search('张伟');
    const opening = member.open('b');
    expect(member.state).toMatchObject({
      status: 'loading',
      known: { member: { name: '张伟' }, complete: false },
    });
    await opening;
    expect(member.state).toMatchObject({
      status: 'done',
      details: { member: { campus: '东校区' }, complete: true, policy: { granted: ['name', 'campus'] } },
    });
  });

  it('asks once for a member that is opened again on its way', async () => {
    const { search, member, bodies } = await storesWith(relay);
    await search.search('张伟');
    await Promise.all([member.open('b'), member.open('b')]);
    expect(member.state.status).toBe('done');
    expect(bodies()).toEqual([{ keywords: '张伟' }, { ref: 'b' }]);
  });

  it('asks nobody where the search told everything', async () => {
    const { search, member, bodies } = await storesWith(gateway);
    await search.search('王芳');
    await member.open(search.results?.hits[0]?.id ?? '');
    expect(member.state).toMatchObject({ status: 'done', details: { member: { card_number: '0012' } } });
    expect(bodies()).toEqual([{ keywords: '王芳' }]);
  });

  it('asks nobody again for the member that was just looked at', async () => {
    const { search, member, bodies } = await storesWith(relay);
    await search.search('张伟');
    await member.open('b');
    await member.open('b');
    expect(bodies()).toEqual([{ keywords: '张伟' }, { ref: 'b' }]);
  });

  it('drops the answer for a member that is no longer open', async () => {
    const { opened, open } = gate();
    const { search, member } = await storesWith(async (body) => {
      if (body.ref === 'a') await opened;
      return relay(body);
    });
    await search.search('张伟');
    const older = member.open('a');
    await member.open('b');
    open();
    await older;
    expect(member.state).toMatchObject({ status: 'done', id: 'b' });
  });

  it('keeps the card in sight when the rest fails, and tries again', async () => {
    let isDown = true;
    const { search, member } = await storesWith((body) =>
      body.ref && isDown ? { status: 504, body: {} } : relay(body),
    );
    await search.search('张伟');
    await member.open('a');
    expect(member.state).toMatchObject({
      status: 'failed',
      failure: { kind: 'timeout' },
      known: { member: { name: '张伟' } },
    });
    isDown = false;
    await member.retry();
    expect(member.state.status).toBe('done');
  });
});

describe('a reload of a member’s page', () => {
  it('asks again by ref', async () => {
    const { member, bodies } = await storesWith(relay);
    await member.open('sealed-ref');
    expect(member.state).toMatchObject({ status: 'done', id: 'sealed-ref' });
    expect(bodies()).toEqual([{ ref: 'sealed-ref' }]);
  });

  it('says so when the platform no longer tells that record', async () => {
    const { member } = await storesWith(() => ({ body: { errcode: 0, userlist: [] } }));
    await member.open('old-ref');
    expect(member.state).toEqual({ status: 'missing', id: 'old-ref', why: 'gone' });
  });

  it('says so when the reference does not open any more', async () => {
    const { member } = await storesWith(() => ({ status: 400, body: { errcode: 400 } }));
    await member.open('old-ref');
    expect(member.state).toEqual({ status: 'missing', id: 'old-ref', why: 'lapsed' });
  });

  it('asks by the card number that the tab kept, where the backend has no refs', async () => {
    const records = createRecordStore(undefined);
    const before = await storesWith(gateway, { records });
    await before.search.search('王芳');
    const id = before.search.results?.hits[0]?.id ?? '';
    await before.member.open(id);

    const after = await storesWith(gateway, { records });
    await after.member.open(id);
    expect(after.bodies()).toEqual([{ keywords: '0012' }]);
    expect(after.member.state).toMatchObject({ status: 'done', details: { member: { name: '王芳' } } });
  });

  it('asks nobody for a page that another tab made', async () => {
    const { member, bodies } = await storesWith(gateway);
    await member.open('~0123456789abcdef01234567');
    expect(member.state.status).toBe('missing');
    expect(bodies()).toEqual([]);
  });
});

/** A gateway whose platform tells these records to whoever asks for one of their names or numbers. */
const telling =
  (told: readonly Member[]): Answer =>
  ({ keywords }) => ({
    body: {
      errcode: 0,
      userlist: told.filter(({ name, card_number }) => name === keywords || card_number === keywords),
    },
  });

/** Opens the hit at `at` of a search, and the same page again after a reload in which the platform tells `later`. */
async function reload(keyword: string, at: number, told: readonly Member[], later = told) {
  const records = createRecordStore(undefined);
  const before = await storesWith(telling(told), { records });
  await before.search.search(keyword);
  const id = before.search.results?.hits[at]?.id ?? '';
  await before.member.open(id);
  const after = await storesWith(telling(later), { records });
  await after.member.open(id);
  return { before: before.member.state, after: after.member.state };
}

describe('two records with one card number, behind a backend without refs', () => {
  const studying = { name: '秦双栖', card_number: '2022', identity_type: '2', college: '法学院' };
  const working = { name: '秦双栖', card_number: '2022', identity_type: '3', college: '医学院' };
  const twin = { ...studying, college: '文学院' };

  it.each([
    [studying, 0],
    [working, 1],
    [twin, 2],
  ])('each open as themselves, before and after a reload: %j', async (member, at) => {
    const { before, after } = await reload('秦双栖', at, [studying, working, twin]);
    expect(before).toMatchObject({ status: 'done', details: { member } });
    expect(after).toMatchObject({ status: 'done', details: { member } });
  });

  it('are never shown for each other: one that is gone is said to be', async () => {
    const { after } = await reload('秦双栖', 1, [studying, working], [studying]);
    expect(after).toMatchObject({ status: 'missing', why: 'gone' });
  });

  it('are not taken for somebody whose name is that number', async () => {
    const named = { name: '2022', card_number: '9' };
    const { after } = await reload('秦双栖', 0, [studying], [named, studying]);
    expect(after).toMatchObject({ status: 'done', details: { member: studying } });
  });
});

describe('a record without a card number', () => {
  const member = { name: '容无号', college: '法学院' };

  it('opens as what is known, and again by its name', async () => {
    const { before, after } = await reload('容无号', 0, [member]);
    expect(before).toMatchObject({ status: 'done', details: { member } });
    expect(after).toMatchObject({ status: 'done', details: { member } });
  });
});

describe('one of two thousand hits', () => {
  it('is always the one that was opened, before and after a reload', async () => {
    const told = Array.from({ length: 2000 }, (_, at) => ({
      name: '王芳',
      card_number: String(1000 + Math.floor(at / 2)),
      identity_type: String(2 + (at % 2)),
    }));
    const records = createRecordStore(undefined);
    const { search, member } = await storesWith(telling(told), { records });
    await search.search('王芳');
    const idAt = (at: number) => search.results?.hits[at]?.id ?? '';
    for (const at of [1999, 0, 1234, 1235, 7]) {
      await member.open(idAt(at));
      expect(member.state).toMatchObject({ status: 'done', details: { member: told[at] } });
    }
    const after = await storesWith(telling(told), { records });
    for (const at of [1235, 1234, 1999]) {
      await after.member.open(idAt(at));
      expect(after.member.state).toMatchObject({ status: 'done', details: { member: told[at] } });
    }
  });
});
