import { describe, expect, it, vi } from 'vitest';
import type { MembersApi } from '#src/api/members.ts';
import { useSearchStore } from '#src/stores/search.ts';
import { appServices, piniaWith } from '#tests/support/app-services.ts';
import { gate, startGateway } from '#tests/support/gateway.ts';
import type { GatewayAnswer } from '#tests/support/gateway.ts';

const found = (name: string, ref?: string) => ({ body: { errcode: 0, userlist: [{ name, ref }] } });

type Answer = (keyword: string) => GatewayAnswer | Promise<GatewayAnswer>;

async function storeWith(answer: Answer, deadlineMs?: number) {
  const gateway = await startGateway(({ body }) => answer((body as { keywords: string }).keywords));
  const services = appServices({ url: gateway.url, ...(deadlineMs === undefined ? {} : { deadlineMs }) });
  return { search: useSearchStore(piniaWith(services)), requests: gateway.requests };
}

describe('the search', () => {
  it('starts idle, loads, and holds what was found', async () => {
    const { search } = await storeWith((keyword) => found(keyword, 'r1'));
    expect(search.state.status).toBe('idle');
    const running = search.search('张伟');
    expect(search.state.status).toBe('loading');
    await running;
    expect(search.state).toMatchObject({ status: 'done', keyword: '张伟' });
    expect(search.results?.hits).toEqual([{ id: 'r1', member: { name: '张伟', ref: 'r1' } }]);
  });

  it('sends what was typed in the form that the platform can match', async () => {
    const { search, requests } = await storeWith((keyword) => found(keyword));
    await search.search(' ０７３０２５９０\u200b ');
    expect(requests[0]?.body).toEqual({ keywords: '07302590' });
  });

  it.each([
    ['', 'empty'],
    [' \u200b ', 'empty'],
    ['长'.repeat(65), 'too-long'],
    ['a\ud842', 'unreadable'],
  ])('refuses %j with a reason and asks nobody', async (typed, problem) => {
    const { search, requests } = await storeWith((keyword) => found(keyword));
    await search.search('张伟');
    await search.search(typed);
    expect(search.problem).toBe(problem);
    expect(search.state).toMatchObject({ status: 'done', keyword: '张伟' });
    expect(requests).toHaveLength(1);
  });

  it('forgets the reason when a search is sent', async () => {
    const { search } = await storeWith((keyword) => found(keyword));
    await search.search('');
    await search.search('张伟');
    expect(search.problem).toBeUndefined();
  });

  it('drops a late answer', async () => {
    const { opened, open } = gate();
    const { search } = await storeWith(async (keyword) => {
      if (keyword === '张伟') await opened;
      return found(keyword);
    });
    const older = search.search('张伟');
    await search.search('李娜');
    open();
    await older;
    expect(search.state).toMatchObject({ status: 'done', keyword: '李娜' });
    expect(search.results?.hits[0]?.member.name).toBe('李娜');
  });

  it('drops a late failure', async () => {
    const { opened, open } = gate();
    const { search } = await storeWith(async (keyword) => {
      if (keyword !== '张伟') return found(keyword);
      await opened;
      return { status: 502, body: {} };
    });
    const older = search.search('张伟');
    await search.search('李娜');
    open();
    await older;
    expect(search.state).toMatchObject({ status: 'done', keyword: '李娜' });
  });

  it('drops even an answer that its abort came too late for', async () => {
    const { opened, open } = gate();
    const reply = (name: string) => ({
      members: [{ name }],
      complete: true,
      policy: {},
      organizations: {},
      roles: {},
    });
    const api: MembersApi = {
      async search(request) {
        const keyword = 'keywords' in request ? request.keywords : '';
        if (keyword === '张伟') await opened;
        return reply(keyword);
      },
    };
    const services = appServices({ url: 'http://127.0.0.1:9/', services: { members: api } });
    const search = useSearchStore(piniaWith(services));
    const older = search.search('张伟');
    await search.search('李娜');
    open();
    await older;
    expect(search.results?.hits[0]?.member.name).toBe('李娜');
  });

  it('asks once when the same search is submitted twice', async () => {
    const { search, requests } = await storeWith((keyword) => found(keyword));
    await Promise.all([search.search('张伟'), search.search('张伟 ')]);
    await vi.waitFor(() => expect(search.state.status).toBe('done'), 60_000);
    expect(requests).toHaveLength(1);
  });

  it('keeps the older results in sight while the newer ones load', async () => {
    const { opened, open } = gate();
    const { search } = await storeWith(async (keyword) => {
      if (keyword === '李娜') await opened;
      return found(keyword);
    });
    await search.search('张伟');
    const newer = search.search('李娜');
    expect(search.results?.hits[0]?.member.name).toBe('张伟');
    open();
    await newer;
    expect(search.results?.hits[0]?.member.name).toBe('李娜');
  });

  it('ends in a failure when no answer comes in time', async () => {
    const { search } = await storeWith(() => 'silence', 100);
    await search.search('张伟');
    expect(search.state).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } });
    expect(search.results).toBeUndefined();
  });

  it('searches again for what failed', async () => {
    let isDown = true;
    const { search } = await storeWith((keyword) => (isDown ? { status: 503, body: {} } : found(keyword)));
    await search.search('张伟');
    isDown = false;
    await search.retry();
    expect(search.state).toMatchObject({ status: 'done', keyword: '张伟' });
  });

  it('shows the same failure without a break while it quietly tries again', async () => {
    let isDown = true;
    const { search } = await storeWith((keyword) => (isDown ? 'reset' : found(keyword)));
    await search.search('张伟');
    const before = search.state;
    await search.retry('quietly');
    expect(search.state).toBe(before);
    isDown = false;
    await search.retry('quietly');
    expect(search.state).toMatchObject({ status: 'done', keyword: '张伟' });
  });

  it('gives members without a ref ids that tell nothing and differ', async () => {
    const namesakes = { errcode: 0, userlist: [{ card_number: '1' }, { card_number: '2' }] };
    const { search } = await storeWith(() => ({ body: namesakes }));
    await search.search('张伟');
    const ids = search.results?.hits.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^~[0-9a-f]{24}$/);
  });

  it('forgets everybody when it is cleared, and an answer on its way too', async () => {
    const { opened, open } = gate();
    const { search } = await storeWith(async (keyword) => {
      await opened;
      return found(keyword);
    });
    const running = search.search('张伟');
    search.clear();
    open();
    await running;
    expect(search.state).toEqual({ status: 'idle' });
  });
});
