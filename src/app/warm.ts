/** The files that come while the viewer still types, each named once. */

export function loadMemberView() {
  return import('../views/MemberView.vue');
}

export function loadOutcome() {
  return import('../components/search/SearchOutcome.vue');
}

/** The list for hundreds of namesakes. */
export function loadVirtualResults() {
  return import('../components/search/VirtualResults.vue');
}
