import { messageOf } from './refusal.ts';
import type { Settings } from './settings.ts';

/** What an endpoint answers, before faults. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** JSON as the settings have it: Chinese escaped or not. */
export function json(settings: Readonly<Settings>, value: unknown, status = 200): Answer {
  const text = JSON.stringify(value);
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: settings.escapeUnicode ? escapeUnicode(text) : text,
  };
}

/** The platform's envelope around a successful answer. @param errmsg differs by endpoint. */
export function success(settings: Readonly<Settings>, fields: object, errmsg = 'success'): Answer {
  return json(settings, { errcode: numberAs(settings, 0), errmsg, ...fields });
}

export function failure(settings: Readonly<Settings>, code: number, message = messageOf(code)): Answer {
  return json(settings, { errcode: numberAs(settings, code), errmsg: message }, settings.errorStatus);
}

/** A number as the settings have numbers. */
export function numberAs(settings: Readonly<Settings>, value: number): number | string {
  return settings.numbers === 'strings' ? String(value) : value;
}

export function html(page: string, status = 200): Answer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
      'referrer-policy': 'no-referrer',
    },
    body: page,
  };
}

export function redirect(location: string): Answer {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

function escapeUnicode(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
