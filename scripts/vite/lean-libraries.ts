import type { Plugin } from 'vite';

/**
 * What stands in for each module that axios brings and the app never reaches: it sends JSON to complete
 * addresses and reads text, over XMLHttpRequest, ends requests by signals, and watches no progress.
 */
const AXIOS: Readonly<Record<string, string>> = {
  'assertParamsAcyclic.js': 'export default () => undefined;',
  'AxiosURLSearchParams.js': 'export default class {}',
  'CancelToken.js': 'export default {};',
  'cookies.js': 'export default { read: () => null, readAsync: () => Promise.resolve(null) };',
  'fetch.js': 'export const getFetch = () => null;',
  'formDataToJSON.js': 'export default () => null;',
  'HttpStatusCode.js': 'export default {};',
  'progressEventReducer.js': 'export const progressEventReducer = () => [];',
  'setFormDataHeaders.js': 'export default () => undefined;',
  'spread.js': 'export default () => undefined;',
  'toFormData.js': 'export default () => undefined;',
  'toURLEncodedForm.js': 'export default () => undefined;',
  // What the app asks for is the same each time.
  'validator.js': 'export default { assertOptions() {}, validators: { spelling() {}, transitional() {} } };',
};

/**
 * Vant's popup shows and hides at once. Vue's file is one module: what a single late screen uses of it,
 * everybody would fetch before the first.
 */
const VUE_WITHOUT_MOTION = `
export * from 'vue';
export const Transition = (_props, { slots }) => slots.default?.();
export const Teleport = Transition;
`;

const PREFIX = '\0lean:';

/** Leaves out what libraries bring along: 2 KB of axios, 3 KB of Vue before the first paint is of use (brotli). */
export function leanLibraries(): Plugin {
  return {
    name: 'lean-libraries',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId(source, importer = '') {
      const file = source.split('/').pop() ?? '';
      if (importer.includes('/axios/lib/') && file in AXIOS) return PREFIX + file;
      if (source === 'vue' && /\/vant\/es\/(popup|overlay)\//.test(importer)) return `${PREFIX}vue`;
      return undefined;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const name = id.slice(PREFIX.length);
      return name === 'vue' ? VUE_WITHOUT_MOTION : AXIOS[name];
    },
  };
}
