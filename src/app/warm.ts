/** The member's screen comes in its own file, fetched while the viewer still types. */
export function loadMemberView() {
  return import('../views/MemberView.vue');
}

/** The list for hundreds of namesakes. */
export function loadVirtualResults() {
  return import('../components/search/VirtualResults.vue');
}
