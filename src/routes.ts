/** Every screen's name; addresses are built from names alone. */
export const ROUTE = {
  search: 'search',
  scan: 'scan',
  member: 'member',
  settings: 'settings',
  notFound: 'not-found',
} as const;
export type RouteName = (typeof ROUTE)[keyof typeof ROUTE];

/** @param id a member's `ref`, or the id that the app gave it. */
export function memberRoute(id: string) {
  return { name: ROUTE.member, params: { ref: id } };
}

/** Opening a member is what most searches lead to: the search screen fetches it ahead. */
export function loadMemberView() {
  return import('./views/MemberView.vue');
}
