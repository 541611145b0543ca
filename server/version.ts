import packageJson from '../package.json' with { type: 'json' };

/** This product's own, as in `package.json`. */
export const VERSION = packageJson.version;
