import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useServices } from '../app/services.ts';
import { useEntryStore } from './entry-store.ts';
import { KIOSK_ROUTE } from './router.ts';
import { listenForScans } from './scanner/listen.ts';
import type { ScanListener } from './scanner/listen.ts';
import { readScans } from '../scan/read-code.ts';
import type { ForeignReason, Scan } from '../scan/read-code.ts';
import { useVisit } from './visit/visit.ts';

/**
 * Looks scanned cards up, and ends the visit at the staff's code.
 *
 * @param onKey takes the keys that are no scan's.
 * @returns why the last scan names nobody, until it is set back.
 */
export function useScans(onKey: ScanListener['onKey']): Ref<ForeignReason | undefined> {
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

  const stop = listenForScans(window, {
    onScan: (text) => readScans(text, config.kiosk).forEach(act),
    onKey,
  });
  onScopeDispose(stop);
  return foreign;
}
