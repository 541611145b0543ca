/** The school that the emulator plays. It does not exist. */
export const SCHOOL_NAME = '青屿大学';
export const CAMPUSES = ['青屿校区', '临江校区', '听潮校区'] as const;
