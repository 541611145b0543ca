import { inject } from 'vue';
import type { InjectionKey, Ref } from 'vue';

/** One person at the kiosk, from the first touch to the last. */
export interface Visit {
  /** Forgets everything of the visitor, at once. */
  end: () => void;
  /** The other language, until the visit ends. */
  switchLanguage: () => Promise<void>;
  /** A file of the app did not come; set back by the visitor who has read so. */
  isNotLoaded: Ref<boolean>;
}

export const VISIT: InjectionKey<Visit> = Symbol('visit');

export function useVisit(): Visit {
  const visit = inject(VISIT);
  if (visit === undefined) throw new Error('The kiosk was started without a visit');
  return visit;
}
