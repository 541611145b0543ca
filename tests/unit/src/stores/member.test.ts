import { describe, expect, it } from 'vitest';
import { useMemberStore } from '#src/stores/member.ts';
import { useSearchStore } from '#src/stores/search.ts';
import type { Services } from '#src/app/services.ts';
import { createPageCards } from '#src/platform/page-cards.ts';
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

  it('says so when the ref stands for nobody', async () => {
    const { member } = await storesWith(() => ({ body: { errcode: 0, userlist: [] } }));
    await member.open('old-ref');
    expect(member.state).toEqual({ status: 'missing', id: 'old-ref' });
  });

  it('asks by the card number that the tab kept, where the backend has no refs', async () => {
    const cards = createPageCards(undefined);
    const before = await storesWith(gateway, { cards });
    await before.search.search('王芳');
    const id = before.search.results?.hits[0]?.id ?? '';
    await before.member.open(id);

    const after = await storesWith(gateway, { cards });
    await after.member.open(id);
    expect(after.bodies()).toEqual([{ keywords: '0012' }]);
    expect(after.member.state).toMatchObject({ status: 'done', details: { member: { name: '王芳' } } });
  });

  it('takes the member with that card number where somebody else is named so', async () => {
    const cards = createPageCards(undefined);
    cards.keep('~1', '0012');
    const { member } = await storesWith(
      () => ({
        body: {
          userlist: [
            { name: '0012', card_number: '9' },
            { name: '王芳', card_number: '0012' },
          ],
        },
      }),
      { cards },
    );
    await member.open('~1');
    expect(member.state).toMatchObject({ status: 'done', details: { member: { name: '王芳' } } });
  });

  it('asks nobody for a page that another tab made', async () => {
    const { member, bodies } = await storesWith(gateway);
    await member.open('~0123456789abcdef01234567');
    expect(member.state.status).toBe('missing');
    expect(bodies()).toEqual([]);
  });
});
