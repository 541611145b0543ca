import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import ts from 'typescript-eslint';

/** The arrows between the rooms: what a room may not import, and why. */
const FORBIDDEN = {
  src: { rooms: ['server', 'emulator'], why: 'the app knows the relay by the contract alone' },
  server: { rooms: ['src', 'emulator'], why: 'the relay knows the platform by its wire alone' },
  emulator: { rooms: ['src', 'server'], why: 'the emulator is a product of its own' },
  conformance: { rooms: ['src', 'server', 'emulator'], why: 'the check knows a backend by its wire alone' },
  contract: { rooms: ['src', 'server', 'emulator', 'conformance'], why: 'the contract depends on nothing' },
};

const arrows = Object.entries(FORBIDDEN).map(([room, { rooms, why }]) => ({
  files: [`${room}/**/*.{ts,vue}`],
  // The relay's entry file starts the embedded emulator; its kiosks' one must know by which application it did.
  ignores: ['server/main.ts', 'server/kiosks/cli.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: rooms.map((other) => ({ regex: `^(#${other}|(\\.\\./)+${other})/`, message: why })) },
    ],
  },
}));

export default ts.config(
  { ignores: ['examples/', 'dist/', '.cache/', 'data/', 'coverage/', 'playwright-report/', 'test-results/'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  vue.configs['flat/recommended'],
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        parser: ts.parser,
        project: ['./tsconfig.json', './contract/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
  },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'vue/multi-word-component-names': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-props-declaration': 'error',
      'vue/define-emits-declaration': ['error', 'type-literal'],
      'vue/no-v-html': 'error',
    },
  },
  ...arrows,
  {
    files: ['{tests,bench,scripts}/**', 'server/main.ts', 'emulator/main.ts'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['tests/**'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  // One file a language: a list of words, however long.
  { files: ['src/locales/*.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.{js,mjs}'], ...ts.configs.disableTypeChecked },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  prettier,
);
