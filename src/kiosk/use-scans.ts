import { onScopeDispose, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useServices } from '../services.ts';
import { useEntryStore } from './entry-store.ts';
import { KIOSK_ROUTE } from './routes.ts';
import { listenForScans } from './scanner/listen.ts';
import type { ScanListener } from './scanner/listen.ts';
import { readKeys, textsOf } from './scanner/read-keys.ts';
import type { ReaderScan, ScanProblem } from './scanner/read-keys.ts';
import { useVisit } from './visit/visit.ts';

interface Typing {
  /** Takes the keys of a keyboard beside the reader. */
  onKey: ScanListener['onKey'];
  /** False while a dialog is up: what is typed then is dropped. */
  canType: () => boolean;
}

/**
 * Looks scanned cards up, and ends the visit at the staff's code.
 *
 * @returns why the last scan names nobody, until it is set back.
 */
export function useScans({ onKey, canType }: Typing): Ref<ScanProblem | undefined> {
  const { config } = useServices();
  const visit = useVisit();
  const entry = useEntryStore();
  const route = useRoute();
  const router = useRouter();
  const problem = shallowRef<ScanProblem>();
  /** There the reader is tried, and nobody looked up. */
  const isTrial = () => route.name === KIOSK_ROUTE.reader;

  function lookUp(scan: ReaderScan) {
    if (scan.kind === 'staff') {
      visit.end();
      return;
    }
    problem.value = scan.kind === 'foreign' ? scan.reason : undefined;
    entry.replace(scan.kind === 'card' ? scan.keyword : '');
    if (scan.kind !== 'card') return;
    void router.push({ name: KIOSK_ROUTE.search });
    void entry.submit();
  }

  const stop = listenForScans(window, {
    hasKeyboard: () => config.kiosk.keyboard,
    onScan(scanned) {
      if (!isTrial()) readKeys(textsOf(scanned), config.kiosk).forEach(lookUp);
    },
    onKey(event, isWithin) {
      if (canType() && !isTrial()) onKey(event, isWithin);
    },
  });
  onScopeDispose(stop);
  return problem;
}
