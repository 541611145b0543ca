import { inject } from 'vue';
import type { InjectionKey } from 'vue';

/** One person at the kiosk, from the first touch to the last. */
export interface Visit {
  /** Forgets everything of the visitor, at once. */
  end: () => void;
  /** The other language, until the visit ends. */
  switchLanguage: () => Promise<void>;
}

export const VISIT: InjectionKey<Visit> = Symbol('visit');

export function useVisit(): Visit {
  const visit = inject(VISIT);
  if (visit === undefined) throw new Error('The kiosk was started without a visit');
  return visit;
}
