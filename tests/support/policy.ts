import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPLICATIONS } from '#emulator/applications.ts';
import { startProduct } from './product.ts';
import type { Product } from './product.ts';

/** What an operator might turn on for a counter: contacts in sight, one value for a reason, one to be checked. */
export const COUNTER = {
  name: 'counter',
  kinds: ['staff'],
  shown: ['@public', 'card_number', 'telephone', 'email'],
  masked: ['contact_phone'],
  revealable: ['contact_phone'],
  verifiable: ['id_card'],
  reasonRequired: true,
  limits: { hour: 5000 },
};

/** One person an hour: whoever asks for a second one has to wait. */
export const ONE_AN_HOUR = {
  name: 'one-an-hour',
  kinds: ['staff'],
  shown: ['@public'],
  limits: { hour: 1 },
};

/** The product for an application that was granted every field, its viewers of this one profile. */
export async function startWithPolicy(profile: object, env: Record<string, string> = {}): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const file = join(folder, 'policy.json');
  writeFileSync(file, JSON.stringify({ profiles: [profile] }));
  const { appKey, appSecret } = APPLICATIONS.everything;
  const product = await startProduct({
    POLICY_FILE: file,
    WECARD_APP_KEY: appKey,
    WECARD_APP_SECRET: appSecret,
    ...env,
  });
  return {
    ...product,
    stop: async () => {
      await product.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
