import { describe, expect, it } from 'vitest';
import { syntaxProblem } from '../../../scripts/syntax.mjs';

describe('the floor of syntax', () => {
  it.each([
    ['modules', 'import { a } from "./a.js"; export default a;'],
    ['import() as a statement', 'import("./a.js").then(() => {});'],
    ['import() as a value', 'const a = () => import("./a.js");'],
    ['import.meta', 'new URL("a.wasm", import.meta.url); import.meta.url;'],
    ['async generators and rest', 'async function* f({ a, ...b }) { yield { ...b, a }; }'],
    ['named groups', 'const year = /(?<year>\\d{4})/u;'],
  ])('has %s', (_what, code) => {
    expect(syntaxProblem(code)).toBeUndefined();
  });

  it.each([
    ['optional chaining', 'a?.b;'],
    ['nullish coalescing', 'a ?? b;'],
    ['logical assignment', 'a ||= b;'],
    ['optional catch binding', 'try { a(); } catch { b(); }'],
    ['class fields', 'class A { b = 1; }'],
    ['private methods', 'class A { #b() {} }'],
    ['numeric separators', 'const a = 1_000;'],
    ['BigInt', 'const a = 1n;'],
    ['top-level await', 'await a;'],
    ['export * as', 'export * as a from "./a.js";'],
    ['lookbehind', 'const a = /(?<=a)b/;'],
    ['lookbehind in a string', 'new RegExp("(?<!a)b");'],
    ['the flag d', 'const a = /a/d;'],
  ])('lacks %s', (_what, code) => {
    expect(syntaxProblem(code)).toBeDefined();
  });

  it('is lower for the page that says so to engines below it', () => {
    expect(syntaxProblem('var a = function () { return 1; };', 5)).toBeUndefined();
    expect(syntaxProblem('const a = () => 1;', 5)).toBeDefined();
  });

  it('says where', () => {
    expect(syntaxProblem('const first = 1; second?.third;')).toContain('second?.third');
  });
});
