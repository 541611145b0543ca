/**
 * Does every built file of the client parse on the oldest engines that are promised? The build lowers what it
 * understands; this reads what came out, files copied as they are included.
 *
 * The floor, Chrome 64 and Safari 12, is ES2018 with `import()` and `import.meta`, without lookbehind
 * (Safari 16.4). `unsupported.js` speaks to engines below the floor: ES5.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser, tokTypes } from 'acorn';

const CLIENT = 'dist/client';
/** @type {Readonly<Record<string, 5>>} */
const OLDER = { 'unsupported.js': 5 };
const LOOKBEHIND = /\(\?<[=!]/;

/** ES2018, and the two things of ES2020 that came with the first engines with modules. */
const FloorParser = Parser.extend(
  (Base) =>
    class extends Base {
      parseStatement(context, topLevel, exports) {
        const isExpression =
          this.type === tokTypes._import && /^import\s*[(.]/.test(this.input.slice(this.start));
        if (!isExpression) return super.parseStatement(context, topLevel, exports);
        const statement = this.startNode();
        return this.parseExpressionStatement(statement, this.parseExpression());
      }

      parseExprAtom(errors, forInit, forNew) {
        if (this.type === tokTypes._import) return this.parseExprImport(forNew);
        return super.parseExprAtom(errors, forInit, forNew);
      }
    },
);

/**
 * @param {string} code
 * @param {5 | 2018} ecmaVersion
 * @returns {string | undefined} what the engine would say, and where
 */
export function syntaxProblem(code, ecmaVersion = 2018) {
  let lookbehind;
  const options = {
    ecmaVersion,
    sourceType: ecmaVersion === 5 ? 'script' : 'module',
    // A pattern may also stand in a string, for `new RegExp`.
    onToken: ({ type, value, start }) => {
      const text = type === tokTypes.regexp ? value.pattern : type === tokTypes.string ? value : '';
      if (LOOKBEHIND.test(text)) lookbehind ??= `lookbehind at ${start}: ${excerpt(code, start)}`;
    },
  };
  try {
    (ecmaVersion === 5 ? Parser : FloorParser).parse(code, options);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `${error.message}: ${excerpt(code, error.pos)}`;
  }
  return lookbehind;
}

function excerpt(code, position) {
  return code.slice(Math.max(0, position - 40), position + 40).replace(/\s+/g, ' ');
}

function check() {
  if (!existsSync(CLIENT)) throw new Error(`There is no ${CLIENT}: run npm run build first.`);
  const names = readdirSync(CLIENT, { recursive: true }).filter((name) => /\.m?js$/.test(name));
  const problems = [...names.map(fileNamed), ...inlineScripts()].flatMap(({ name, code }) => {
    const problem = syntaxProblem(code, OLDER[name] ?? 2018);
    return problem === undefined ? [] : [`  ${name}: ${problem}\n`];
  });
  process.stdout.write(problems.join(''));
  if (problems.length > 0) process.exitCode = 1;
}

function fileNamed(name) {
  return { name, code: readFileSync(join(CLIENT, name), 'utf8') };
}

/** What the page itself runs. */
function inlineScripts() {
  const { code: page } = fileNamed('index.html');
  return [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, code], index) => ({
    name: `index.html, inline script ${index + 1}`,
    code,
  }));
}

if (import.meta.filename === process.argv[1]) check();
