import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { Member } from '#contract/member.ts';
import { LookupFailure } from '#src/api/failure.ts';
import LookupOutcome from '#src/kiosk/components/LookupOutcome.vue';
import { useEntryStore } from '#src/kiosk/entry-store.ts';
import { useSearchStore } from '#src/stores/search.ts';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole, wordsIn } from '#tests/support/by-role.ts';
import { membersApi, mountKioskPart } from '#tests/support/kiosk-visit.ts';
import { eventually } from '#tests/support/mount.ts';

const namesakes = (count: number): Member[] =>
  Array.from({ length: count }, (_, index) => ({ name: '张伟', ref: `r${index}` }));

async function outcome(answer: (asked: string) => Promise<Member[]>, props = { busy: false }) {
  const { api, asked } = membersApi(answer);
  const tells: (() => void)[] = [];
  const network = { onPerhapsBack: (tell: () => void) => (tells.push(tell), () => undefined) };
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { members: api, network } });
  const wrapper = await mountKioskPart(LookupOutcome, props, { services });
  return { wrapper, asked, search: useSearchStore(), networkBack: () => tells.forEach((tell) => tell()) };
}

const status = () => wordsIn(byRole('status'));

describe('what came of a search at the kiosk', () => {
  it('is how to search, before anything was', async () => {
    await outcome(() => Promise.resolve([]));
    expect(allByRole('list').map(nameOf)).toEqual(['这样查最准']);
    expect(status()).toBe('');
  });

  it('is how many there are, and a link to each', async () => {
    const { search } = await outcome(() => Promise.resolve(namesakes(3)));
    await search.search('张伟');
    await nextTick();
    expect(status()).toBe('找到 3 人');
    expect(nameOf(byRole('list'))).toBe('搜索结果');
    expect(allByRole('link').map((link) => link.getAttribute('href'))).toEqual([
      '/lookup/members/r0',
      '/lookup/members/r1',
      '/lookup/members/r2',
    ]);
  });

  it('says that it is busy', async () => {
    await outcome(() => Promise.resolve([]), { busy: true });
    expect(status()).toBe('正在查询…');
    expect(byRole('status').getAttribute('aria-busy')).toBe('true');
  });

  it('is nobody, with what to try, and the keyboard again by a button', async () => {
    const { search } = await outcome(() => Promise.resolve([]));
    await search.search('没人');
    await nextTick();
    expect(status()).toContain('没有找到“没人”');
    byRole('button', '重新输入').click();
    await nextTick();
    expect(useEntryStore().isOpen).toBe(true);
    expect(queryByRole('button', '重新输入')).toBeUndefined();
  });

  it('is a failure that can be tried again', async () => {
    let isDown = true;
    const { search } = await outcome(() =>
      isDown ? Promise.reject(new LookupFailure('timeout')) : Promise.resolve(namesakes(1)),
    );
    await search.search('张伟');
    await nextTick();
    expect(wordsIn(byRole('alert'))).toContain('等了太久没有结果');
    isDown = false;
    byRole('button', '重试').click();
    await eventually(() => expect(allByRole('link')).toHaveLength(1));
    expect(queryByRole('alert')).toBeUndefined();
  });

  it('goes on by itself when the network is back', async () => {
    let isDown = true;
    const { search, networkBack } = await outcome(() =>
      isDown ? Promise.reject(new LookupFailure('offline')) : Promise.resolve(namesakes(1)),
    );
    await search.search('张伟');
    await nextTick();
    expect(wordsIn(byRole('alert'))).toContain('连不上网络');
    isDown = false;
    networkBack();
    await eventually(() => expect(allByRole('link')).toHaveLength(1));
  });

  it('can be scrolled by key where there is no link in it to go to', async () => {
    const { wrapper, search } = await outcome(() => Promise.resolve(namesakes(1)));
    expect(wrapper.attributes('tabindex')).toBe('0');
    await search.search('张伟');
    await nextTick();
    expect(wrapper.attributes('tabindex')).toBeUndefined();
  });
});
