import { submitFaultForm } from './fault-form.ts';
import { requestsPage } from './pages/requests.ts';
import { html, json, redirect } from './platform/answer.ts';
import type { Answer } from './platform/answer.ts';
import { parseObject } from './http/read-body.ts';
import { Invalid } from './platform/invalid.ts';
import type { Platform } from './platform/platform.ts';

type Control = (contentType: string, text: string | undefined) => Answer;

/**
 * The emulator's own controls, under `/_emulator/`; undefined for any other path. A change wants
 * `application/json`, or a form of its own page, so that no web page can make one behind its visitor's back.
 */
export function controls(platform: Platform, method: string, path: string): Control | undefined {
  if (!path.startsWith('/_emulator/')) return undefined;
  const known: Partial<Record<string, Control>> = {
    'GET /_emulator/': () => html(requestsPage(platform)),
    'POST /_emulator/faults': (contentType, text) => submit(platform, text),
    'GET /_emulator/settings': () => answer(platform, platform.settings),
    'POST /_emulator/settings': (contentType, text) => change(platform, contentType, text),
    'DELETE /_emulator/settings': () => {
      platform.resetSettings();
      return answer(platform, platform.settings);
    },
    'GET /_emulator/stats': () => answer(platform, platform.stats.read()),
    'DELETE /_emulator/stats': () => {
      platform.stats.reset();
      return answer(platform, platform.stats.read());
    },
    'POST /_emulator/tokens/expire': () => {
      platform.expireTokens();
      return answer(platform, {});
    },
    'POST /_emulator/tokens/revoke': () => {
      platform.revokeTokens();
      return answer(platform, {});
    },
  };
  return known[`${method} ${path}`] ?? (() => problem(platform, `there is no ${method} ${path}`, 404));
}

/** Of the emulator's own page: its forms hold a key that no other page knows. */
function submit(platform: Platform, text = ''): Answer {
  const form = new URLSearchParams(text);
  if (form.get('key') !== platform.formKey) return problem(platform, 'the form is not of this emulator', 403);
  try {
    submitFaultForm(platform, form);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return html(requestsPage(platform, error.message), 400);
  }
  return { ...redirect('/_emulator/'), status: 303 };
}

function change(platform: Platform, contentType: string, text: string | undefined): Answer {
  if (!/^application\/json\b/i.test(contentType)) {
    return problem(platform, 'settings are sent as application/json', 415);
  }
  const patch = parseObject(text);
  if (patch === undefined) return problem(platform, 'settings must be a JSON object', 400);
  const { reset, ...rest } = patch;
  try {
    if (reset === true) platform.resetSettings();
    platform.changeSettings(rest);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return problem(platform, error.message, 400);
  }
  return answer(platform, platform.settings);
}

function answer({ settings }: Platform, value: unknown): Answer {
  return json({ ...settings, escapeUnicode: false }, value);
}

function problem({ settings }: Platform, message: string, status: number): Answer {
  return json({ ...settings, escapeUnicode: false }, { error: message }, status);
}
