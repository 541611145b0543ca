import { APPLICATIONS, OCODE } from '../applications.ts';
import type { Application } from '../applications.ts';
import { MESSY } from '../campus/messy.ts';
import type { MessyRecord } from '../campus/messy.ts';
import { PEOPLE } from '../campus/people.ts';
import type { NamedRecord } from '../campus/person.ts';
import { RECORDS } from '../campus/records.ts';
import { SCHOOL_NAME } from '../campus/school.ts';
import type { Platform } from '../platform/platform.ts';
import { markup, page } from './html.ts';

/** What somebody needs who opens the emulator in a browser: keys, and whom to look for. */
export function homePage({ campus, origin, settings }: Platform): string {
  const applications: readonly Application[] = Object.values(APPLICATIONS);
  const people: readonly NamedRecord[] = [...Object.values(PEOPLE), ...Object.values(RECORDS)];
  const messy: readonly MessyRecord[] = Object.values(MESSY);
  return page(
    `微卡模拟器 · ${SCHOOL_NAME}`,
    markup`
<h1>微卡模拟器</h1>
<p>模拟腾讯微卡开放平台，供开发与测试。${SCHOOL_NAME}和其中 ${String(campus.size)} 名成员都是虚构的。</p>
<p>接口地址 <code>${origin}</code>，ocode <code>${OCODE}</code></p>
<p><a href="/_emulator/">请求与故障</a></p>
<h2>应用</h2>
<ul>${applications.map(
      ({ name, appKey, appSecret }) => markup`<li class="entry">${name}
<span class="more">app_key <code>${appKey}</code></span><span class="more">app_secret <code>${appSecret}</code></span></li>`,
    )}</ul>
<h2>可以查的人</h2>
<ul>${people.map(
      ({ fields, shows }) => markup`<li class="entry">${fields.name} <code>${fields.card_number ?? '—'}</code>
<span class="more">${shows}</span></li>`,
    )}</ul>
<h2>写法各异的资料</h2>
<p>${settings.messyCampus ? '已打开，可以查到：' : '已关闭。用 EMULATOR_MESSY=yes 启动，或把设置 messyCampus 改为 true，就能查到：'}</p>
<ul>${messy.map(
      ({ name, cardNumber, shows }) => markup`<li class="entry">${name} <code>${cardNumber}</code>
<span class="more">${shows}</span></li>`,
    )}</ul>`,
  );
}
