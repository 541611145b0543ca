import { createHash } from 'node:crypto';
import { auditKeysOf } from '#server/audit/keys.ts';
import type { LookupRecord } from '#server/audit/audit-log.ts';

export const SECRET = createHash('sha256').update('a key for tests').digest();
export const KEYS = auditKeysOf([SECRET]);

export function aSearch(changes: Partial<LookupRecord> = {}): LookupRecord {
  return {
    event: 'search',
    outcome: 'ok',
    requestId: 'req-1',
    viewer: 'T1001',
    kind: 'staff',
    profile: 'staff',
    keyword: '王小明',
    members: ['07302590'],
    fields: ['name', 'card_number', 'college'],
    ...changes,
  };
}
