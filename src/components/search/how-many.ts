/** How many results are shown in which way. */

/** Fewer than this are told apart at a glance: there are no filters. */
export const FILTERS_FROM = 9;

/** More than a few screens: only what is in sight is in the page. */
export const PLAIN_AT_MOST = 40;

/** Of a long list, a phone's first screen: painted while the long list's code arrives. */
export const AT_ONCE = 5;
