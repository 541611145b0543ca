import { startProduct } from './product.ts';
import type { Product } from './product.ts';
import { COUNTER, ONE_AN_HOUR, startWithPolicy } from './policy.ts';

/** What stands behind the screens. Each relay has a platform of its own. */
export interface Stage {
  /** The address of a relay that knows everybody as staff. */
  readonly plain: string;
  /** Of one whose viewers may do all that a policy can allow. */
  readonly counter: string;
  /** Of one that shows one person an hour. */
  readonly limited: string;
  /** Of one at which nobody is signed in, and this device is no kiosk. */
  readonly stranger: string;
  /** Sets the emulator behind `plain` (emulator/README.md). */
  readonly setEmulator: (settings: object) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const SCHOOL = {
  SCHOOL_CONTACT: '信息中心服务台 0510-5550 1234',
  PRIVACY_URL: 'https://qingyu.example/privacy',
  LOG_LEVEL: 'warn',
};

export async function startStage(): Promise<Stage> {
  const products: Product[] = [];
  const add = async (starting: Promise<Product>) => {
    const product = await starting;
    products.push(product);
    return product;
  };
  const plain = await add(startProduct(SCHOOL));
  const counter = await add(startWithPolicy(COUNTER, SCHOOL));
  const limited = await add(startWithPolicy(ONE_AN_HOUR, SCHOOL));
  const stranger = await add(startProduct({ ...SCHOOL, SIGN_IN: 'wecard' }));
  return {
    plain: plain.url,
    counter: counter.url,
    limited: limited.url,
    stranger: stranger.url,
    setEmulator: (settings) => setEmulator(plain.emulatorUrl, settings),
    stop: async () => {
      for (const product of products) await product.stop();
    },
  };
}

/** @throws when the emulator refuses them. */
export async function setEmulator(url: string, settings: object): Promise<void> {
  const response = await fetch(`${url}/_emulator/settings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(settings),
  });
  if (!response.ok) throw new Error(`the emulator refuses the settings: ${await response.text()}`);
}
