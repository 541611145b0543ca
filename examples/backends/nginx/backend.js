/*
 * See nginx.conf. Written for njs 0.7.9, which Debian 12 has: it knows no destructuring, and dies of an `await` inside
 * of a larger expression or a loop.
 */
import crypto from 'crypto';
import fs from 'fs';

const TOKEN_FILE = 'run/token.json';
const SEARCH_MS = 12000;
const TOKEN_MS = 10000;
const CALL_MS = 3000;
const MAX_KEYWORD = 64;
const MAX_ANSWER = 8 * 1024 * 1024;
/** The platform's code: what the app is answered; any other is 502. */
const STATUS = { 40003: 401, 40008: 403, 40009: 400, 40010: 400, 40018: 403 };

/** @throws an object with a status, and the platform's code where it is one that the app knows. */
function fail(status, errcode) {
  return { isFailure: true, status: status, errcode: errcode || status };
}

function within(ms, promise) {
  return Promise.race([
    promise,
    new Promise((resolve, reject) => setTimeout(() => reject(fail(504)), Math.max(1, ms))),
  ]);
}

/** POSTs to the platform and reads a JSON object. Redirects are not followed. */
async function call(path, body, ms) {
  const url = process.env.WECARD_BASE_URL.replace(/\/+$/, '') + path;
  const headers = { 'Content-Type': 'application/json' };
  const work = async () => {
    const reply = await ngx.fetch(url, { method: 'POST', headers: headers, body: JSON.stringify(body) });
    const text = await reply.text();
    return { status: reply.status, text: text };
  };
  try {
    const reply = await within(ms, work());
    const answer = JSON.parse(reply.text);
    const code = answer.errcode === undefined || answer.errcode === null ? 0 : Number(answer.errcode);
    // The platform tells a refusal with any status.
    if ((reply.status >= 300 && !code) || reply.text.length > MAX_ANSWER) throw fail(502);
    return { code: code, answer: answer, text: reply.text };
  } catch (error) {
    throw error.isFailure ? error : fail(502);
  }
}

function keptToken() {
  try {
    return JSON.parse(fs.readFileSync(TOKEN_FILE, 'utf8'));
  } catch (error) {
    return { value: '', until: 0 }; // the first search, or a file that is just being written
  }
}

function hash(text) {
  return crypto.createHash('sha256').update(text).digest('hex');
}

/** The token of all workers; a new one comes through /_token, which lets one ask while the others wait. */
async function currentToken(r, ms, rejected) {
  const kept = keptToken();
  if (kept.value !== '' && kept.value !== rejected && Date.now() < kept.until) return kept.value;
  const asking = r.subrequest('/_token', { args: 'instead_of=' + hash(kept.value) });
  const reply = await within(ms, asking);
  const answer = JSON.parse(reply.responseText);
  if (reply.status !== 200) throw fail(reply.status, answer.errcode);
  return answer.value;
}

/** Behind /_token: asks the platform, unless whoever was here before has just done so. */
async function token(r) {
  const kept = keptToken();
  if (kept.value !== '' && hash(kept.value) !== r.args.instead_of) {
    send(r, 200, JSON.stringify(kept));
    return;
  }
  const asked = Date.now();
  try {
    const reply = await call(
      '/cgi-bin/oauth2/token',
      {
        app_key: process.env.WECARD_APP_KEY,
        app_secret: process.env.WECARD_APP_SECRET,
        ocode: process.env.WECARD_OCODE,
        grant_type: 'client_credentials',
        scope: 'base',
      },
      TOKEN_MS,
    );
    const value = reply.answer.access_token;
    if (reply.code === 40008 || reply.code === 40018) throw fail(403, reply.code);
    if (reply.code !== 0 || typeof value !== 'string' || value === '') throw fail(502);
    const life = Number(reply.answer.expires_in) || 7200;
    const text = JSON.stringify({ value: value, until: asked + life * 750 });
    fs.writeFileSync(TOKEN_FILE + '.new', text, { mode: 0o600 });
    fs.renameSync(TOKEN_FILE + '.new', TOKEN_FILE);
    send(r, 200, text);
  } catch (error) {
    sendFailure(r, error);
  }
}

function readKeyword(r) {
  if (r.method !== 'POST') throw fail(405);
  if (r.headersIn['X-Requested-With'] !== 'wecard-lookup') throw fail(403);
  if (!/^application\/json\s*(;|$)/i.test(r.headersIn['Content-Type'] || '')) throw fail(415);
  let keyword;
  try {
    keyword = JSON.parse(r.requestText).keywords;
  } catch (error) {
    throw fail(400);
  }
  // njs counts characters, not UTF-16 units.
  if (typeof keyword !== 'string' || keyword.trim() === '' || keyword.length > MAX_KEYWORD) throw fail(400);
  return keyword;
}

/** The platform's answer, and the token that was used. */
async function ask(r, keyword, ends, rejected) {
  const value = await currentToken(r, Math.min(TOKEN_MS, ends - Date.now()), rejected);
  const path = '/cgi-bin/user/search?access_token=' + encodeURIComponent(value);
  const reply = await call(path, { keywords: keyword }, Math.min(CALL_MS, ends - Date.now()));
  return { code: reply.code, text: reply.text, token: value };
}

/** A token that the platform rejects is renewed once, and the search repeated once. */
async function find(r, keyword) {
  const ends = Date.now() + SEARCH_MS;
  let reply = await ask(r, keyword, ends, '');
  if (reply.code === 40002 || reply.code === 40005) reply = await ask(r, keyword, ends, reply.token);
  if (reply.code === 0) return reply.text; // as it came: JSON.parse would round long numbers
  if (reply.code === 40007) return JSON.stringify({ errcode: 0, errmsg: 'ok', userlist: [] });
  throw STATUS[reply.code] === undefined ? fail(502) : fail(STATUS[reply.code], reply.code);
}

async function search(r) {
  try {
    const text = await find(r, readKeyword(r));
    send(r, 200, text);
  } catch (error) {
    sendFailure(r, error);
  }
}

function send(r, status, text) {
  r.headersOut['Content-Type'] = 'application/json; charset=utf-8';
  r.headersOut['Cache-Control'] = 'no-store';
  r.headersOut['X-Content-Type-Options'] = 'nosniff';
  r.return(status, text);
}

function sendFailure(r, error) {
  const failure = error.isFailure ? error : fail(502);
  send(r, failure.status, JSON.stringify({ errcode: failure.errcode, errmsg: 'failed' }));
}

export default { search, token };
