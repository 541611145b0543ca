import { VERSION } from '#server/version.ts';
import type { Names } from './questions.ts';
import { isAnswer, isLookup } from './record.ts';
import type { StoredRecord } from './record.ts';
import { printable } from './report.ts';

/** How a record leaves for a SIEM: a JSON object, or ArcSight's Common Event Format. One line each. */
export const EXPORT_FORMATS = ['ndjson', 'cef'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export function isExportFormat(text: string): text is ExportFormat {
  return EXPORT_FORMATS.some((format) => format === text);
}

/** A record that is exported: lookups, and where writing failed. What ties files together stays in them. */
export type Exported = Exclude<StoredRecord, { event: 'open' | 'close' }>;

export function isExported(record: StoredRecord): record is Exported {
  return record.event !== 'open' && record.event !== 'close';
}

/** What stands beside the hashes of a record. */
interface Named {
  viewerId: string | undefined;
  relayName: string | undefined;
}

/** Without a line break. People stay keyed hashes; `viewer_id` is beside a viewer whom the operator named. */
export function exportLine(record: Exported, format: ExportFormat, names: Names): string {
  const viewerId = isLookup(record) ? names.viewers.get(record.viewer ?? '') : undefined;
  const named: Named = { viewerId, relayName: names.relays.get(record.relay) };
  return format === 'cef' ? cefOf(record, named) : ndjsonOf(record, named);
}

/** False for what was refused or failed, and for a log that could not be written. */
export function isUneventful(record: Exported): boolean {
  return isLookup(record) && isAnswer(record);
}

function ndjsonOf(record: Exported, { viewerId, relayName }: Named): string {
  // A reason may name somebody, and is for those alone who hold the key; the chain is checked where it lies.
  const left = ['reason', 'prev', 'key'];
  const kept = Object.fromEntries(Object.entries(record).filter(([name]) => !left.includes(name)));
  return printable(JSON.stringify({ ...kept, viewer_id: viewerId, relay_name: relayName }));
}

function cefOf(record: Exported, { viewerId, relayName }: Named): string {
  const outcome = isLookup(record) ? record.outcome : 'failed-before';
  const lookup = isLookup(record) ? record : undefined;
  const extension = {
    rt: Date.parse(record.time),
    externalId: record.hash,
    deviceExternalId: record.relay,
    act: record.event,
    outcome,
    suser: viewerId,
    suid: lookup?.viewer,
    spriv: lookup?.kind,
    cnt: lookup?.repeated ?? (record.event === 'resume' ? record.refused : undefined),
    ...labelled('cn1', 'people', lookup?.count),
    ...labelled('cs1', 'profile', lookup?.profile),
    ...labelled('cs2', 'device', lookup?.device),
    ...labelled('cs3', 'fields', lookup?.fields?.join(',')),
    ...labelled('cs4', 'request', lookup?.request),
    ...labelled('cs5', 'since', record.event === 'resume' ? record.since : undefined),
    ...labelled('cs6', 'relay', relayName),
  };
  const severity = isUneventful(record) ? 3 : 6;
  const header = ['wecard-lookup', 'relay', VERSION, record.event, `${record.event}: ${outcome}`, severity];
  const pairs = Object.entries(extension).filter(([, value]) => value !== undefined);
  return [
    'CEF:0',
    ...header.map((part) => escaped(String(part), /[\\|]/g)),
    pairs.map(([key, value]) => `${key}=${escaped(String(value), /[\\=]/g)}`).join(' '),
  ].join('|');
}

/** A field of CEF's that has no meaning of its own comes with its label. */
function labelled(key: string, label: string, value: string | number | undefined) {
  return value === undefined ? {} : { [key]: value, [`${key}Label`]: label };
}

/** One line, whatever stands in it; the signs that CEF's parts end with have a backslash before them. */
function escaped(text: string, signs: RegExp): string {
  const oneLine = printable(text.replace(/\r\n|[\r\n]/g, ' '));
  return oneLine.replace(signs, '\\$&');
}
