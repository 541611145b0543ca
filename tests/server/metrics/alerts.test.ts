import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emulatorFor } from '../support/relay.ts';
import { startMeasuredRelay } from './scrape.ts';

const FOLDER = 'deploy/prometheus';
const rules = readFileSync(`${FOLDER}/alerts.yml`, 'utf8');
const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

describe('the alert rules', () => {
  it('name only metrics that a relay has from its start, and labels that they have', async () => {
    const emulator = await emulatorFor(10);
    const { scrape } = await startMeasuredRelay({ platform: emulator.url });
    const text = await scrape();
    const names = new Set(rules.match(/\bwecard_lookup_\w+/g));
    expect(names.size).toBeGreaterThanOrEqual(4);
    for (const name of names) expect(text).toContain(`# TYPE ${name} `);
    for (const [, name = '', selector = ''] of rules.matchAll(/\b(wecard_lookup_\w+)\{(.*?)\}/g)) {
      for (const [, label = '', value = ''] of selector.matchAll(/(\w+)=~?"([^"]*)"/g))
        for (const each of value.split('|'))
          expect(text).toMatch(new RegExp(`^${name}\\{[^}]*${label}="${each}"`, 'm'));
    }
  });

  it('tell of everything that an operator must know of', () => {
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    expect(alerts).toEqual([
      'RelayDown',
      'TokenNotRenewable',
      'PlatformFailing',
      'AuditLogNotWritable',
      'SharedStateAway',
      'CardNumbersEnumerated',
      'KioskSilent',
    ]);
  });

  // Debian: apt-get install prometheus
  it.skipIf(!hasPromtool && process.env.CI === undefined)(
    'are rules of Prometheus, and fire when they must',
    () => {
      const promtool = (...args: string[]) =>
        execFileSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });
      expect(promtool('check', 'rules', 'alerts.yml')).toContain('SUCCESS');
      expect(promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
    },
  );
});
