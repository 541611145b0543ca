/** Who is looking: one file, which comes after the search box. */
export { default as DemoViewer } from './DemoViewer.vue';
export { default as SessionStrip } from './SessionStrip.vue';
export { default as SignInFirst } from './SignInFirst.vue';
