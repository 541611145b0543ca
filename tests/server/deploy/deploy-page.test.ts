import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, readlinkSync } from 'node:fs';
import { request } from 'node:https';
import { describe, expect, test } from 'vitest';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import type { Finding } from '#server/doctor/finding.ts';
import { emulatorFor } from '../support/relay.ts';
import { Machine } from './machine.ts';
import { HOST_NAME, NO_NGINX } from './nginx.ts';
import { blocksOf } from './page.ts';

const BLOCKS = blocksOf('docs/deploy.md');
const VERSION = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
const RELEASE = `wecard-lookup-${VERSION}.tar.gz`;

describe.skipIf(NO_NGINX)('docs/deploy.md, followed to the letter', () => {
  test('leads from a tarball to a relay behind nginx, which an upgrade and a command leave running', async () => {
    const emulator = await emulatorFor();
    const machine = await Machine.start();
    execFileSync(process.execPath, ['scripts/release.mjs', '--out', machine.path('.')], { stdio: 'pipe' });

    for (const block of shellBlocks('Install')) await machine.run(block);
    writeSettings(machine, emulator.url);
    for (const block of shellBlocks('Start')) await machine.run(block);
    const [copied = '', checked = ''] = shellBlocks('nginx');
    await machine.run(copied);
    takeFreePorts(machine);
    await machine.run(checked);
    expect(await askForSession(machine)).toContain('"viewer":null');

    // Nobody has this host name, and that is all that the doctor finds.
    const [check = ''] = shellBlocks('Check');
    const findings = JSON.parse(await machine.run(`${check.trim()} --json || true`)) as Finding[];
    const wrong = findings.filter(({ level }) => level === 'problem').map(({ name }) => name);
    expect(wrong).toEqual(['public-name']);

    for (const block of shellBlocks('Upgrade')) await machine.run(block);
    expect(readlinkSync(machine.path('/opt/wecard-lookup/current'))).toBe(`wecard-lookup-${VERSION}`);
    expect(await askForSession(machine)).toContain('"viewer":null');

    for (const section of ['Two relays', 'Replace both'])
      for (const block of shellBlocks(section)) await machine.run(block);
    expect(await machine.run(`curl --fail --silent http://127.0.0.1:3001/readyz`)).toContain('ok');
    expect(await askForSession(machine)).toContain('"viewer":null');

    for (const block of shellBlocks('Kiosks')) expect(await machine.run(block)).toContain('kiosk');
    for (const block of shellBlocks('The audit log')) expect(await machine.run(block)).toContain('is whole');
  });

  test('names the release that is made', () => {
    const texts = BLOCKS.map(({ text }) => text).join('');
    expect(new Set(texts.match(/wecard-lookup-[\d.]+\.tar\.gz(?!\.)/g))).toEqual(new Set([RELEASE]));
  });
});

/** Blocks of a section, in the language that a shell reads. */
function shellBlocks(section: string): string[] {
  const found = BLOCKS.filter(({ heading, language }) => heading === section && language === 'sh');
  expect(found).not.toEqual([]);
  return found.map(({ text }) => text);
}

/** The page's own lines, with what a reader fills in. */
function writeSettings(machine: Machine, platform: string): void {
  const [settings] = BLOCKS.filter(({ heading }) => heading === 'Settings');
  const filled = Object.entries({
    'https://open.wecard.qq.com': platform,
    'WECARD_APP_KEY=': `WECARD_APP_KEY=${APP_KEY}`,
    'WECARD_APP_SECRET=': `WECARD_APP_SECRET=${APP_SECRET}`,
    'WECARD_OCODE=': `WECARD_OCODE=${OCODE}`,
    'SESSION_KEYS=': `SESSION_KEYS=${randomBytes(32).toString('base64')}`,
    'AUDIT_KEY=': `AUDIT_KEY=${randomBytes(32).toString('base64')}`,
  }).reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, settings?.text ?? '');
  appendFileSync(machine.path('/etc/wecard-lookup/relay.env'), `\n${filled}PORT=${machine.ports.relay}\n`);
}

/** This machine may have an nginx of its own at the ports of the file. */
function takeFreePorts(machine: Machine): void {
  const { root, ports } = machine;
  const site = '/etc/nginx/conf.d/wecard-lookup.conf';
  machine.edit(site, {
    'listen 443 ': `listen 127.0.0.1:${ports.https} `,
    'listen 80;': `listen 127.0.0.1:${ports.http};`,
    '/etc/': `${root}/etc/`,
  });
  machine.edit('/etc/nginx/wecard-lookup/relays.conf', {
    '127.0.0.1:3000': `127.0.0.1:${ports.relay}`,
    '127.0.0.1:3001': `127.0.0.1:${ports.second}`,
  });
}

function askForSession({ ports }: Machine): Promise<string> {
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port: ports.https,
        path: '/api/session',
        headers: { host: HOST_NAME },
        rejectUnauthorized: false,
        agent: false,
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve(text));
      },
    )
      .once('error', reject)
      .end();
  });
}
