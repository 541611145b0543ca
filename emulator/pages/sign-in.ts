import type { Application } from '../applications.ts';
import type { CampusMember } from '../campus/campus.ts';
import { listIdentities } from '../campus/identities.ts';
import { PEOPLE } from '../campus/people.ts';
import { resolvePhoto } from '../campus/photos.ts';
import type { Platform } from '../platform/platform.ts';
import { markup, page } from './html.ts';
import type { Markup } from './html.ts';

/** One of each classification, to choose without having to know anybody. */
const WELL_KNOWN = [PEOPLE.staff, PEOPLE.student, PEOPLE.alumna, PEOPLE.other];

/** 2,000 namesakes are nothing to choose from. */
const MAX_FOUND = 50;

/** The parameters that the page carries on; what was asked on the page itself is not among them. */
const CARRIED = ['app_key', 'response_type', 'scope', 'ocode', 'redirect_uri', 'state', 'connect'];

/** "Who do you want to be?": a few people, and a search by name or card number. */
export function signInPage(platform: Platform, application: Application, query: URLSearchParams): string {
  const asked = query.get('who') ?? '';
  const found = platform.campus.find(asked.trim());
  const carried = CARRIED.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [markup`<input type="hidden" name="${name}" value="${value}">`];
  });
  const choose = (members: CampusMember[]): Markup => choices(platform, members, carried);
  const wellKnown = WELL_KNOWN.map(({ fields }) => platform.campus.byCardNumber(fields.card_number));
  return page(
    '选择身份 · 微卡模拟器',
    markup`
<h1>以谁的身份登录？</h1>
<p>“${application.name}”想知道您是谁。这里是微卡模拟器，所有人都是虚构的。</p>
<form class="find" method="get" role="search">
${carried}
<label>姓名或电子卡号<input name="who" value="${asked}" autocomplete="off"></label>
<button>查找</button>
</form>
${asked === '' ? markup`` : foundPart(asked, found, choose)}
<h2>常用身份</h2>
${choose(wellKnown.filter((member) => member !== undefined))}`,
  );
}

function foundPart(
  asked: string,
  found: CampusMember[],
  choose: (members: CampusMember[]) => Markup,
): Markup {
  if (found.length === 0) {
    return markup`<p role="status">没有找到“${asked}”。需与姓名或卡号完全一致。</p>`;
  }
  const more = found.length > MAX_FOUND ? `，列出前 ${MAX_FOUND} 人` : '';
  return markup`<div role="status"><h2>找到 ${String(found.length)} 人${more}</h2></div>${choose(found.slice(0, MAX_FOUND))}`;
}

function choices(platform: Platform, members: CampusMember[], carried: Markup[]): Markup {
  const items = members.map(({ fields, identityId }) => {
    const identity = listIdentities().find((one) => one.identity_type === identityId)?.name ?? '';
    const about = [identity, fields.college, fields.card_number].filter(Boolean).join(' · ');
    return markup`<li><button name="card_number" value="${fields.card_number ?? ''}">
${portrait(fields.head_image, platform.origin)}<span><span>${fields.name ?? ''}</span><span class="more">${about}</span></span>
</button></li>`;
  });
  return markup`<form method="get">${carried}<ul>${items}</ul></form>`;
}

function portrait(image: string | undefined, origin: string): Markup {
  if (image === undefined || image === '') return markup`<span class="blank"></span>`;
  return markup`<img src="${resolvePhoto(image, origin)}" alt="" width="48" height="48" loading="lazy">`;
}

/** Why nobody can sign in, for the developer of the application. */
export function errorPage(reason: string): string {
  return page('无法登录 · 微卡模拟器', markup`<h1>无法登录</h1><p role="alert">${reason}</p>`);
}
