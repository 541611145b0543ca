import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIELD_KEYS } from '#contract/fields.ts';
import { openApi } from '../../../scripts/openapi.ts';
import { emulatorFor, startRelay } from '../support/relay.ts';

interface Tree {
  [name: string]: Tree;
}

const WRITTEN = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Tree;

describe('docs/openapi.json', () => {
  it('is what the running relay reads and answers: npx tsx scripts/openapi.ts', async () => {
    const emulator = await emulatorFor();
    const { relay } = await startRelay({ platform: emulator.url });
    expect(WRITTEN).toEqual(openApi(relay.app.declaredRoutes));
  });

  it('names all 34 fields of a member, and each reference leads somewhere', () => {
    const member = WRITTEN.components?.schemas?.SearchAnswer?.properties?.userlist?.items?.properties ?? {};
    expect(Object.keys(member)).toEqual([...FIELD_KEYS, 'ref']);
    const references = [...JSON.stringify(WRITTEN).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    const named = Object.keys(WRITTEN.components?.schemas ?? {});
    expect(references.length).toBeGreaterThan(20);
    for (const [, name] of references) expect(named).toContain(name);
  });

  it('does not leave a route out by oversight', () => {
    const response = { 200: {} };
    const route = { methods: ['GET'], url: '/api/new', access: 'public', schema: { response } } as const;
    expect(() => openApi([route])).toThrow('GET /api/new has no summary');
  });
});
