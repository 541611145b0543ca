/** Under which names the device keeps what the viewer chose. */
export const LOCALE_KEY = 'wecard-lookup:locale';
export const APPEARANCE_KEY = 'wecard-lookup:appearance';
