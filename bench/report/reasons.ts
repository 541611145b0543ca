/** Why a goal is not reached, by its row's measure: kept by hand, shown only while it is missed. */
export const REASONS: Readonly<Record<string, string>> = {};
