import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useServices } from '../app/services.ts';
import { useEntryStore } from './entry-store.ts';
import { settled } from './keyboard/entry.ts';
import { KIOSK_ROUTE } from './router.ts';
import type { EndedRun } from './scanner/decoder.ts';
import { listenForScans } from './scanner/listen.ts';
import type { ScanListener } from './scanner/listen.ts';
import { isMarked, readScans } from '../scan/read-code.ts';
import type { ForeignReason, Scan } from '../scan/read-code.ts';
import { useVisit } from './visit/visit.ts';

interface Typing {
  /** Takes the keys that are no scan's. */
  onKey: ScanListener['onKey'];
  /** False while a dialog is up: what is typed then is dropped. */
  canType: () => boolean;
}

/**
 * Looks scanned cards up, and ends the visit at the staff's code.
 *
 * Where a scan cannot be told from typing, its keys are typed. Enter looks up what was typed and what
 * was scanned alike; without it, or where the box holds more, the visitor is asked to check the box.
 *
 * @returns why the last scan names nobody, until it is set back.
 */
export function useScans({ onKey, canType }: Typing): Ref<ForeignReason | undefined> {
  const { config } = useServices();
  const visit = useVisit();
  const entry = useEntryStore();
  const router = useRouter();
  const foreign = shallowRef<ForeignReason>();

  function act(scan: Scan) {
    if (scan.kind === 'staff') {
      visit.end();
      return;
    }
    foreign.value = scan.kind === 'foreign' ? scan.reason : undefined;
    entry.replace(scan.kind === 'card' ? scan.keyword : '');
    if (scan.kind !== 'card') return;
    void router.push({ name: KIOSK_ROUTE.search });
    void entry.submit();
  }

  function onScan(text: string) {
    readScans(text, config.kiosk).forEach(act);
  }

  function onUnclear({ text, sender, isAsked }: EndedRun) {
    // A reader that lights CapsLock itself has its letters typed in the wrong case.
    const isAlone = settled(entry.entry).text.toLowerCase() === text.toLowerCase();
    if (sender === 'unclear' && (isMarked(text, config.kiosk) || (isAsked && isAlone))) onScan(text);
    else if (!canType()) foreign.value = 'unreadable';
    else entry.doubt();
  }

  const stop = listenForScans(window, {
    onScan,
    onUnclear,
    onKey: (event) => (canType() ? onKey(event) : undefined),
  });
  onScopeDispose(stop);
  return foreign;
}
