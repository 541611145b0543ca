interface ImportMetaEnv {
  /** Build-time default of the setting `endpoint`. */
  readonly VITE_ENDPOINT?: string;
  /** Build-time default of the setting `tokenEndpoint`. */
  readonly VITE_TOKEN_ENDPOINT?: string;
}

// For tools that read TypeScript only; vue-tsc reads the components themselves.
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
