import type { AccessPolicy } from './profile.ts';

/** The policy that holds now: who keeps this object asks the newest each time, and copies nothing out of it. */
export interface LivePolicy extends AccessPolicy {
  /** Holds from the next lookup on. */
  replace(next: AccessPolicy): void;
}

export function livePolicy(first: AccessPolicy): LivePolicy {
  let current = first;
  return {
    get rules() {
      return current.rules;
    },
    get kindGroups() {
      return current.kindGroups;
    },
    get roles() {
      return current.roles;
    },
    get address() {
      return current.address;
    },
    get deployment() {
      return current.deployment;
    },
    replace(next) {
      current = next;
    },
  };
}
