import { Unavailable } from './browser.ts';
import type { Browser, Engine, Launch, Size } from './browser.ts';
import { ENGINES, USUAL } from './engines.ts';
import { NotHere } from './flows/flow.ts';
import type { Flow, FlowGroup } from './flows/flow.ts';
import { GROUPS } from './flows/index.ts';
import { Page } from './page.ts';
import { table } from './report.ts';
import type { Outcome, Skipped } from './report.ts';
import { startWorld } from './world.ts';
import type { World } from './world.ts';

/** `npm run engines -- [--all] [--screens] [engines] [flows]` */
const asked = process.argv.slice(2);
const FLOW_DEADLINE_MS = 90_000;

const engineNames = ENGINES.map(({ name }) => name);
const flowNames = GROUPS.flatMap(({ flows }) => flows.map(({ name }) => name));
const unknown = asked.filter((word) => ![...engineNames, ...flowNames, '--all', '--screens'].includes(word));
if (unknown.length > 0) {
  console.error(`Neither an engine nor a flow: ${unknown.join(', ')}`);
  console.error(`Engines: ${engineNames.join(', ')}\nFlows: ${flowNames.join(', ')}`);
  process.exit(1);
}
const engines = asked.includes('--all') ? engineNames : oneOf(engineNames, USUAL);
const flows = oneOf(flowNames, flowNames);

const outcomes: Outcome[] = [];
const skipped: Skipped[] = [];
for (const engine of ENGINES.filter(({ name }) => engines.includes(name))) await prove(engine);
process.stdout.write(`\n${table(outcomes, skipped)}`);
// Skipping is for a machine that lacks something; where changes are judged, nothing may be lacking.
const isComplete = skipped.length === 0 || !process.env.CI;
process.exitCode = isComplete && outcomes.every(({ result }) => result !== 'failed') ? 0 : 1;

/** Those of the known that were asked for; the usual ones when none was. */
function oneOf(known: readonly string[], usual: readonly string[]): readonly string[] {
  const named = known.filter((name) => asked.includes(name));
  return named.length > 0 ? named : usual;
}

async function prove({ name, obtain }: Engine): Promise<void> {
  const began = Date.now();
  try {
    const launch = await obtain();
    for (const group of GROUPS) await proveGroup(name, launch, group);
    console.log(`  ${name}: ${Math.round((Date.now() - began) / 1000)} s`);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    skipped.push({ engine: name, why: error.message });
  }
}

async function proveGroup(engine: string, launch: Launch, { size, setting, flows: all }: FlowGroup) {
  const wanted = all.filter(({ name }) => flows.includes(name));
  if (wanted.length === 0) return;
  const pictures = asked.includes('--screens') ? `screens/engines/${engine}` : undefined;
  const world = await startWorld(setting);
  let browser = await begin(launch, size);
  try {
    for (const flow of wanted) {
      const page = new Page(browser, world, pictures);
      const outcome: Outcome = { engine, flow: flow.name, ...(await runFlow(flow, page, world)) };
      outcomes.push(outcome);
      console.log(`${outcome.result}  ${engine}: ${flow.name}`);
      if (outcome.result !== 'failed') continue;
      console.log(outcome.why?.replace(/^/gm, '    '));
      await page.picture(`failed-${flow.name}`).catch(() => undefined);
      // The next one is not to stumble over what this one left.
      await browser.close();
      browser = await begin(launch, size);
    }
  } finally {
    await browser.close();
    await world.stop();
  }
}

/** Old browsers do not always come up; that says nothing of the product. */
async function begin(launch: Launch, size: Size): Promise<Browser> {
  try {
    return await launch(size);
  } catch (error) {
    console.log(`It did not start, and is started again: ${String(error)}`);
    return launch(size);
  }
}

async function runFlow(flow: Flow, page: Page, world: World): Promise<Pick<Outcome, 'result' | 'why'>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it takes too long')), FLOW_DEADLINE_MS);
  });
  const problems: string[] = [];
  try {
    await Promise.race([flow.run(page, world), late]);
  } catch (error) {
    if (error instanceof NotHere) return { result: 'not here', why: error.message };
    problems.push(String(error));
  } finally {
    clearTimeout(timer);
  }
  problems.push(...page.browser.complaints());
  return problems.length === 0 ? { result: 'passed' } : { result: 'failed', why: problems.join('\n') };
}
