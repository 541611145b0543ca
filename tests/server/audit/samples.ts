import { parseAuditKeys } from '#server/audit/keys.ts';
import type { LookupRecord } from '#server/audit/trail.ts';

export const KEY_TEXT = Buffer.alloc(32, 7).toString('base64');
export const KEYS = parseAuditKeys(KEY_TEXT);

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
