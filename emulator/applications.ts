import { FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';

/** An application as the platform's console would register it. */
export interface Application {
  readonly appKey: string;
  readonly appSecret: string;
  readonly name: string;
  /** The "apply" fields that the platform granted; the others need no grant. */
  readonly granted: ReadonlySet<FieldKey>;
  /** Whether the school has switched it on; if not, its calls are answered with 40018. */
  readonly enabled: boolean;
  /** Whether it may read organisations, identity types and school info; if not, 40008. */
  readonly directory: boolean;
}

/** The one school of the emulator. */
export const OCODE = '1099000001';

/** The demo application: what `npm start` uses, and the first thing to try. */
export const APP_KEY = 'DE30000000000001';
export const APP_SECRET = 'DE30DE30DE30DE30DE30DE30DE300001';

const APPLY_FIELDS = FIELD_KEYS.filter((key) => FIELDS[key].grant === 'apply');

/** Left out of the demo application's grants, so that hidden fields can be seen to be hidden. */
const DEMO_WITHHELD: ReadonlySet<FieldKey> = new Set<FieldKey>([
  'nation',
  'birthday',
  'graduated_school',
  'bind_status',
  'active_status',
  'physical_chip_number',
]);

/** Every registered application, by what it shows. All keys and secrets are invented. */
export const APPLICATIONS = {
  demo: {
    appKey: APP_KEY,
    appSecret: APP_SECRET,
    name: '校园查人（演示）',
    granted: new Set(APPLY_FIELDS.filter((key) => !DEMO_WITHHELD.has(key))),
    enabled: true,
    directory: true,
  },
  everything: {
    appKey: 'DE30000000000002',
    appSecret: 'DE30DE30DE30DE30DE30DE30DE300002',
    name: '全部字段',
    granted: new Set(APPLY_FIELDS),
    enabled: true,
    directory: true,
  },
  minimal: {
    appKey: 'DE30000000000003',
    appSecret: 'DE30DE30DE30DE30DE30DE30DE300003',
    name: '仅默认字段',
    granted: new Set<FieldKey>(),
    enabled: true,
    directory: false,
  },
  notEnabled: {
    appKey: 'DE30000000000004',
    appSecret: 'DE30DE30DE30DE30DE30DE30DE300004',
    name: '未启用',
    granted: new Set(APPLY_FIELDS),
    enabled: false,
    directory: true,
  },
} as const satisfies Record<string, Application>;
