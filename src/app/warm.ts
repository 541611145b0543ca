/** The files that come while the viewer still types, each named once. */

export function loadMemberView() {
  return import('../views/MemberView.vue');
}

/** What stands below the search box: nobody waits for it. */
export function loadHomeTools() {
  return import('../components/home/HomeTools.vue');
}

/** The list for hundreds of namesakes. */
export function loadVirtualResults() {
  return import('../components/search/VirtualResults.vue');
}

/** Who is looking, where there is a relay that knows. */
export function loadSessionParts() {
  return import('../components/session/parts.ts');
}
