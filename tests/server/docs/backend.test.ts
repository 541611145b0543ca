import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import { HTTP_STATUS, WECARD_CODE, failureKind } from '#contract/errors.ts';
import { USAGE } from '#conformance/options.ts';
import { anchorsOf, linksOf, parseMarkdown } from '#tests/support/markdown.ts';
import { freePort } from '#tests/support/processes.ts';
import { accepts } from '#tests/conformance/support/examples.ts';
import { missingPackages } from '../../../scripts/lib/packages.mjs';
import { closeAfterTest, emulatorFor } from '../support/relay.ts';

const PAGE = readFileSync('docs/backend.md', 'utf8');

describe('docs/backend.md', () => {
  it('has each code of the platform at the status that the contract gives it', () => {
    const rows = PAGE.split('\n').filter((line) => /^\|.*\| (\d{3})\b.*\|/.test(line));
    const statusOf = (code: number) => {
      const row = rows.find((line) => new RegExp(`\\b${code}\\b`).test(line.split('|')[1] ?? ''));
      return Number(/\d{3}/.exec(row?.split('|')[2] ?? '')?.[0]);
    };
    const renewed: number[] = [WECARD_CODE.TOKEN_EXPIRED, WECARD_CODE.TOKEN_INVALID];
    for (const code of Object.values(WECARD_CODE).filter((one) => one > 0 && !renewed.includes(one))) {
      const kind = failureKind({ errcode: code }) as keyof typeof HTTP_STATUS;
      const expected = code === WECARD_CODE.CARD_NUMBER_UNKNOWN ? 200 : HTTP_STATUS[kind];
      expect([code, statusOf(code)]).toEqual([code, expected]);
    }
  });

  it('names settings that the app has, and every option of the check', () => {
    const config = JSON.parse(/id="app-config">([^<]*)</.exec(PAGE)?.[1] ?? '') as object;
    for (const name of Object.keys(config)) expect(DEFAULT_APP_CONFIG).toHaveProperty(name);
    const optionsIn = (text: string) =>
      new Set([...text.matchAll(/(?<=[\s`])--[a-z][a-z-]+/g)].map(([name]) => name));
    expect(optionsIn(PAGE)).toEqual(optionsIn(USAGE));
  });

  it.each(['docs/backend.md', 'emulator/README.md'])('leads to what is there: %s', async (path) => {
    const read = (file: string) => parseMarkdown(readFileSync(file, 'utf8'));
    for (const link of linksOf(await read(path)).filter((one) => !/^[a-z]+:/.test(one))) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      expect(existsSync(target), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(await read(target)), link).toContain(anchor);
    }
  });

  it('says how to keep the token out of nginx’s error log', async ({ skip }) => {
    const missing = missingPackages(['nginx']);
    skip(missing.length > 0 && !process.env.CI, 'needs nginx');
    const [, directive = ''] = /```nginx\n(error_log \S+ emerg;)\n```/.exec(PAGE) ?? [];
    expect(directive).not.toBe('');
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ kind: 'reset', times: 'always' }] });
    const folder = mkdtempSync(join(tmpdir(), 'wecard-lookup-'));
    const [port, log] = [await freePort(), join(folder, 'error.log')];
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const pass = (token: string) => `proxy_pass ${emulator.url}/cgi-bin/user/search?access_token=${token};`;
    writeFileSync(
      join(folder, 'nginx.conf'),
      `${process.getuid?.() === 0 ? 'user root;' : ''} pid ${folder}/nginx.pid; error_log ${log}; events {}
      http { access_log off; ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
      server { listen 127.0.0.1:${port};
      location = /plain { ${pass('TOLD')} }
      location = /quiet { ${directive.replace(/\/\S+\.log/, log)} ${pass('KEPT')} } } }`,
    );
    const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;']);
    closeAfterTest(async () => {
      const ended = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill();
      await ended;
      rmSync(folder, { recursive: true });
    });
    await expect.poll(() => accepts(port, '127.0.0.1'), { timeout: 60_000 }).toBe(true);
    for (const path of ['quiet', 'plain'])
      expect((await fetch(`http://127.0.0.1:${port}/${path}`, { method: 'POST', body: '{}' })).status).toBe(
        502,
      );
    const written = readFileSync(log, 'utf8');
    expect(written).toContain('access_token=TOLD');
    expect(written).not.toContain('KEPT');
  });
});
