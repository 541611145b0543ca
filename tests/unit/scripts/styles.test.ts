import { describe, expect, it } from 'vitest';
import { styleProblems } from '../../../scripts/styles.mjs';

describe('the floor of styles', () => {
  it.each([
    ['what every engine knows', 'a { margin: calc(1px + 2%) var(--a, 0) }'],
    ['a fallback before it', 'a { height: 100vh; height: 100dvh }'],
    [
      'a question whether it is known',
      '@supports (padding: max(1px, 2px)) { a { padding: max(1px, var(--a)) } }',
    ],
    ['an older twin', 'a { word-break: break-word; overflow-wrap: anywhere }'],
    ['a prefixed twin', 'a { -webkit-appearance: none; appearance: none }'],
    ['the gap of a grid', 'a { display: grid; gap: 1px }'],
    ['what only makes a page prettier', 'a { text-wrap: balance; accent-color: red }'],
    ['a rule of its own', 'a:focus-visible { outline: 0 }'],
  ])('accept %s', (_what, sheet) => {
    expect(styleProblems(sheet)).toEqual([]);
  });

  it.each([
    ['a function', 'a { width: max(1px, 2px) }'],
    [
      'a function with a variable in it, whatever stands before it',
      'a { width: 1px; width: max(1px, var(--a)) }',
    ],
    ['a function in a variable', 'a { --a: clamp(1px, 2px, 3px) }'],
    [
      'a question that any value passes',
      '@supports (padding: max(1px, env(a))) { a { padding: max(1px, env(a)) } }',
    ],
    ['a colour', 'a { color: oklch(0.5 0.2 240) }'],
    ['a unit', 'a { height: 100dvh }'],
    ['a property', 'a { inset: 0 }'],
    ['a keyword', 'a { overflow-wrap: anywhere }'],
    ['the gap of a flex box', 'a { display: flex; gap: 1px }'],
    ['a selector beside others', 'a:hover, a:focus-visible { outline: 0 }'],
  ])('refuse %s', (_what, sheet) => {
    expect(styleProblems(sheet)).toHaveLength(1);
  });
});
