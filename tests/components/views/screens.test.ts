import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { eventually, mountApp } from '#tests/support/mount.ts';
import { appServices } from '#tests/support/app-services.ts';
import { gate, startGateway } from '#tests/support/gateway.ts';
import type { GatewayAnswer } from '#tests/support/gateway.ts';

type Answer = (body: { keywords?: string; ref?: string }) => GatewayAnswer | Promise<GatewayAnswer>;

const COLLEGES = ['文学院', '理学院'];

/** Any number of namesakes, by the number in the keyword; `Nobody` finds nobody; a ref finds one in full. */
const relay: Answer = ({ keywords = '', ref }) => {
  const count = Number(/\d+$/.exec(keywords)?.[0] ?? 1);
  const namesakes = Array.from({ length: keywords === '没人' ? 0 : count }, (_, index) => ({
    name: '张伟',
    ref: `r${index}`,
    card_number: `00${index}`,
    identity_type: index % 3 === 0 ? '3' : '2',
    college: COLLEGES[index % 2],
  }));
  const whole = {
    name: '张伟',
    ref,
    card_number: '001',
    campus: '东校区',
    telephone: '13712345678',
    role: [9],
  };
  return {
    body: {
      errcode: 0,
      complete: ref !== undefined,
      userlist: ref === undefined ? namesakes : [whole],
      policy: { granted: ['card_number', 'campus', 'dorm_number', 'role'] },
    },
  };
};

async function app(answer: Answer, path = '/', now?: () => number) {
  const { url, requests } = await startGateway(({ body }) =>
    answer(body as { keywords?: string; ref?: string }),
  );
  const tells: (() => void)[] = [];
  const network = { onPerhapsBack: (tell: () => void) => (tells.push(tell), () => undefined) };
  const { page, router } = await mountApp(url, path, {
    services: appServices({ url, services: { network, ...(now && { now }) } }),
  });
  return { page, router, requests, networkBack: () => tells.forEach((tell) => tell()) };
}

async function search(page: VueWrapper, keyword: string) {
  await page.get('input[type=search]').setValue(keyword);
  await page.get('form').trigger('submit');
}

const links = (page: VueWrapper) => page.findAll('ul[aria-label="搜索结果"] a');
const status = (page: VueWrapper) => page.get('[role=status]').text();

describe('the search screen', () => {
  it('teaches how to search before anything was searched', async () => {
    const { page } = await app(relay);
    expect(page.get('h1').text()).toBe('校园卡查询');
    expect(page.text()).toContain('完整的姓名');
    expect(document.title).toBe('校园卡查询');
    expect(document.documentElement.lang).toBe('zh-CN');
  });

  it('shows how many were found, each as a link to their page', async () => {
    const { page } = await app(relay);
    await search(page, '张伟3');
    await eventually(() => expect(links(page)).toHaveLength(3));
    expect(status(page)).toContain('找到 3 人');
    expect(links(page).map((link) => link.attributes('href'))).toEqual([
      '/members/r0',
      '/members/r1',
      '/members/r2',
    ]);
    expect(links(page)[0]?.text()).toContain('张伟');
    expect(page.find('select').exists()).toBe(false);
  });

  it('says what was searched when nobody was found, and what to try', async () => {
    const { page } = await app(relay);
    await search(page, ' 没人 ');
    await eventually(() => expect(status(page)).toContain('没有找到“没人”'));
    expect(status(page)).toContain('完整');
  });

  it('says which spelling found somebody, and by what it differs', async () => {
    const { page } = await app(({ keywords }) => ({
      body: { errcode: 0, userlist: keywords === '古丽·热依汗' ? [{ name: keywords, ref: 'r' }] : [] },
    }));
    await search(page, '古丽•热依汗');
    await eventually(() => expect(links(page)).toHaveLength(1));
    expect(status(page)).toContain('按“古丽·热依汗”找到，与输入的写法不同：间隔点');
    await search(page, '古丽·热依汗');
    await eventually(() => expect(status(page)).not.toContain('写法不同'));
  });

  it('says why two spellings that look the same are not', async () => {
    const { page } = await app(() => ({ body: { errcode: 0, userlist: [] } }));
    await search(page, '\u2fbc 山');
    await eventually(() => expect(status(page)).toContain('没有找到“\u2fbc 山”'));
    expect(status(page)).toContain('也查了“\u2fbc山”');
    expect(status(page)).toContain('里面有空格');
    expect(status(page)).toContain('里面有兼容字 \u2fbc');
  });

  it('speaks of capital letters where a number has letters', async () => {
    const { page } = await app(() => ({ body: { errcode: 0, userlist: [] } }));
    await search(page, 'v00000086');
    await eventually(() => expect(status(page)).toContain('字母分大小写，请核对：v'));
    await search(page, '00000086');
    await eventually(() => expect(status(page)).toContain('没有找到“00000086”'));
    expect(status(page)).not.toContain('大小写');
  });

  it.each([2010, 2040])(
    'marks a card by the backend’s clock, whatever the device’s says: %i',
    async (year) => {
      const cards = [
        { name: '甲', ref: 'a', expire_at: '2026-02-28 00:00:00' },
        { name: '乙', ref: 'b', expire_at: '2026-03-02 00:00:00' },
        { name: '丙', ref: 'c', start_at: '2026-03-02 00:00:00' },
      ];
      const { page } = await app(
        () => ({ body: { errcode: 0, userlist: cards, time: Date.UTC(2026, 2, 1) } }),
        '/',
        () => Date.UTC(year, 0, 1),
      );
      await search(page, '张伟');
      await eventually(() => expect(links(page)).toHaveLength(3));
      const marks = links(page).map((link) =>
        ['已过期', '未生效'].filter((mark) => link.text().includes(mark)),
      );
      expect(marks).toEqual([['已过期'], [], ['未生效']]);
    },
  );

  it('refuses an empty search with a reason', async () => {
    const { page, requests } = await app(relay);
    await search(page, '  ');
    expect(page.text()).toContain('请输入姓名或电子卡号');
    expect(requests).toHaveLength(0);
  });

  it('narrows many namesakes by identity and college', async () => {
    const { page } = await app(relay);
    await search(page, '张伟12');
    await eventually(() => expect(links(page)).toHaveLength(12));
    const chips = page.findAll('[aria-label="按身份筛选"] button');
    expect(chips.map((chip) => chip.text())).toEqual(['学生 8', '教职工 4']);
    await chips[1]?.trigger('click');
    expect(links(page)).toHaveLength(4);
    expect(chips[1]?.attributes('aria-pressed')).toBe('true');
    await page.get('select').setValue('理学院');
    expect(links(page)).toHaveLength(2);
    expect(page.text()).toContain('共 12 人');
    await search(page, '张伟9');
    await eventually(() => expect(links(page)).toHaveLength(9));
  });

  it('shows a spinner only when an answer takes its time, and never for good', async () => {
    const { opened, open } = gate();
    const { page } = await app(async (body) => {
      await opened;
      return relay(body);
    });
    await search(page, '张伟1');
    const button = page.get('button[type=submit]');
    expect(button.attributes('aria-busy')).toBe('false');
    await eventually(() => expect(button.attributes('aria-busy')).toBe('true'));
    open();
    await eventually(() => expect(button.attributes('aria-busy')).toBe('false'));
    expect(links(page)).toHaveLength(1);
  });

  it('keeps the input after a failure, and tries again on request', async () => {
    let isDown = true;
    const { page } = await app((body) =>
      isDown ? { status: 502, body: { errcode: 502, request_id: 'req-1' } } : relay(body),
    );
    await search(page, '张伟1');
    await eventually(() => expect(page.get('[role=alert]').text()).toContain('req-1'));
    expect(page.get<HTMLInputElement>('input').element.value).toBe('张伟1');
    isDown = false;
    await page.get('[role=alert] button').trigger('click');
    await eventually(() => expect(links(page)).toHaveLength(1));
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it('goes on by itself when the network is back', async () => {
    let isDown = true;
    const { page, networkBack } = await app((body) => (isDown ? 'reset' : relay(body)));
    await search(page, '张伟1');
    await eventually(() => expect(page.get('[role=alert]').text()).toContain('连不上网络'));
    isDown = false;
    networkBack();
    await eventually(() => expect(links(page)).toHaveLength(1));
  });
});

describe('a member’s screen', () => {
  it('paints what the card knows at once, then the rest', async () => {
    const { opened, open } = gate();
    const { page } = await app(async (body) => {
      if (body.ref) await opened;
      return relay(body);
    });
    await search(page, '张伟2');
    await eventually(() => expect(links(page)).toHaveLength(2));
    await links(page)[1]?.trigger('click');
    await eventually(() => expect(page.get('h1').text()).toBe('张伟'));
    const labels = () => page.findAll('dt').map((label) => label.text());
    await eventually(() => expect(labels()).toEqual(['身份类型', '学院', '电子卡号']));
    open();
    await eventually(() => expect(labels()).toEqual(['校区', '宿舍号', '电子卡号', '手机号']));
    const dormitory = page.findAll('dt')[1]?.element.nextElementSibling;
    expect(dormitory?.textContent.trim()).toBe('未登记');
    expect(document.title).not.toContain('张伟');
  });

  it('returns to the same results without a new request', async () => {
    const { page, router, requests } = await app(relay);
    await search(page, '张伟3');
    await eventually(() => expect(links(page)).toHaveLength(3));
    await links(page)[2]?.trigger('click');
    await eventually(() => expect(page.text()).toContain('东校区'));
    router.back();
    await eventually(() => expect(links(page)).toHaveLength(3));
    await eventually(() => expect(document.activeElement).toBe(links(page)[2]?.element));
    expect(requests).toHaveLength(2);
  });

  it('works from its address alone', async () => {
    const { page, requests } = await app(relay, '/members/sealed');
    await eventually(() => expect(page.find('h1').exists() && page.get('h1').text()).toBe('张伟'));
    expect(requests[0]?.body).toEqual({ ref: 'sealed' });
    expect(page.get('a[href^="tel:"]').attributes('href')).toBe('tel:13712345678');
  });

  it('says so when its address stands for nobody', async () => {
    const { page } = await app(() => ({ body: { errcode: 40007 } }), '/members/old');
    await eventually(() => expect(page.text()).toContain('平台上已经没有这条记录'));
    expect(page.get('main a').attributes('href')).toBe('/');
  });

  it('says why it cannot be shown', async () => {
    const { page } = await app(() => ({ status: 403, body: { errcode: 403 } }), '/members/sealed');
    await eventually(() => expect(page.get('[role=alert]').text()).toContain('没有查询权限'));
  });
});

describe('an unknown address', () => {
  it('says so and leads to the search', async () => {
    const { page } = await app(relay, '/nowhere/at/all');
    await flushPromises();
    await eventually(() => expect(page.get('h1').text()).toBe('没有这个页面'));
    expect(page.get('main a').attributes('href')).toBe('/');
    expect(document.title).toContain('页面不存在');
  });
});
