/** Every screen's name; addresses are built from names alone. */
export const ROUTE = { search: 'search', member: 'member', notFound: 'not-found' } as const;

/** @param id a member's `ref`, or the id that the app gave it. */
export function memberRoute(id: string) {
  return { name: ROUTE.member, params: { ref: id } };
}
