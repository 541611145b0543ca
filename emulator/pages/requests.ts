import { FAULT_KINDS } from '../platform/faults.ts';
import type { Fault } from '../platform/faults.ts';
import { ENDPOINT_NAMES, PATH } from '../platform/paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { LoggedRequest } from '../platform/request-log.ts';
import { markup, page } from './html.ts';
import type { Markup } from './html.ts';

/** The last requests, and a form that makes the next ones fail. @param problem why the form was not taken. */
export function requestsPage(platform: Platform, problem?: string): string {
  const { settings, log, formKey } = platform;
  const key = markup`<input type="hidden" name="key" value="${formKey}">`;
  return page(
    '请求与故障 · 微卡模拟器',
    markup`
<h1>请求与故障</h1>
<p><a href="/">返回模拟器</a> · <a href="/_emulator/">刷新</a></p>
<h2>让接下来的请求出错</h2>
${problem === undefined ? markup`` : markup`<p role="alert">${problem}</p>`}
<form class="find" method="post" action="/_emulator/faults">
${key}
<label>接口<select name="endpoint"><option value="*">全部</option>${ENDPOINT_NAMES.map((name) => markup`<option>${name}</option>`)}</select></label>
<label>故障<select name="kind">${FAULT_KINDS.map(({ kind, parameter }) => markup`<option value="${kind}">${parameter === undefined ? kind : `${kind}（${parameter}）`}</option>`)}</select></label>
<label>参数<input name="parameter" autocomplete="off"></label>
<label>次数<input name="times" value="1" autocomplete="off"></label>
<label>延迟（毫秒）<input name="delayMs" inputmode="numeric" autocomplete="off"></label>
<button>添加</button>
</form>
<p>参数是故障名后括号里的那一项，可以不填；次数填数字或 always。</p>
<h2>等待发生的故障</h2>
${settings.faults.length === 0 ? markup`<p>没有</p>` : markup`<ul>${settings.faults.map(faultItem)}</ul>`}
<form class="find" method="post" action="/_emulator/faults">
${key}
<button name="action" value="clear">清除全部</button>
<button name="action" value="expire">令牌全部过期（40002）</button>
<button name="action" value="revoke">令牌全部作废（40005）</button>
</form>
<h2>最近的请求</h2>
<p>不记录令牌、密钥和任何值。</p>
${log.requests.length === 0 ? markup`<p>还没有</p>` : markup`<ul aria-label="最近的请求">${log.requests.map(requestItem)}</ul>`}`,
  );
}

function faultItem(fault: Fault): Markup {
  const { endpoint, kind, times, ...rest } = fault;
  return markup`<li class="entry">${endpoint} <code>${kind}</code><span class="more">${String(times)} × ${JSON.stringify(rest)}</span></li>`;
}

function requestItem(request: LoggedRequest): Markup {
  const { at, method, endpoint, fields, status, errcode, fault, ms } = request;
  const answer = [
    status === undefined ? '没有回答' : `HTTP ${status}`,
    errcode === undefined ? '' : `errcode ${errcode}`,
    fault === undefined ? '' : `故障 ${fault}`,
    `${ms.toFixed(0)} ms`,
  ];
  return markup`<li class="entry">${method} ${PATH[endpoint]}
<span class="more">${new Date(at).toISOString().slice(11, 19)} UTC · ${fields.join(', ')}</span><span class="more">${answer.filter(Boolean).join(' · ')}</span></li>`;
}
