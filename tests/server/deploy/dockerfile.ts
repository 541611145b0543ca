import { execFile } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Image {
  env: Record<string, string>;
  workdir: string;
  user: { uid: number; gid: number };
  command: readonly string[];
  healthcheck: readonly string[];
}

interface Step {
  word: string;
  rest: string;
}

/**
 * Follows a Dockerfile step by step without an engine: each stage is a folder, and stands where the paths of
 * the file begin. What the base images bring is this machine's.
 *
 * @param context what the file copies from.
 * @param root an empty folder; `join(root, '0')` is the first stage.
 * @throws when a step fails, with what it printed.
 */
export async function follow(
  dockerfile: string,
  { context, root }: { context: string; root: string },
): Promise<Image> {
  const stages = new Map<string, string>();
  const image: Image = { env: {}, workdir: '/', user: { uid: 0, gid: 0 }, command: [], healthcheck: [] };
  let stage = root;
  const inside = (path: string) => join(stage, path.startsWith('/') ? path : join(image.workdir, path));
  const follower: Record<string, (rest: string) => void | Promise<void>> = {
    FROM(rest) {
      const [, name = String(stages.size)] = rest.split(/ AS /i);
      stage = join(root, String(stages.size));
      stages.set(name, stage);
      image.workdir = '/';
    },
    WORKDIR(rest) {
      image.workdir = rest;
      mkdirSync(inside('.'), { recursive: true });
    },
    COPY(rest) {
      const [, from, paths = ''] = /^(?:--from=(\S+) )?(.+)$/.exec(rest) ?? [];
      const files = paths.split(' ');
      const target = files.pop() ?? '';
      const source = from === undefined ? context : (stages.get(from) ?? '');
      for (const file of files) {
        const to = files.length > 1 || target.endsWith('/') ? join(inside(target), file) : inside(target);
        mkdirSync(dirname(to), { recursive: true });
        cpSync(join(source, file), to, { recursive: true });
      }
    },
    async RUN(rest) {
      const here = rest.replaceAll(/(?<= )\/(?=\w)/g, `${stage}/`);
      await promisify(execFile)('sh', ['-ec', here], { cwd: inside('.') });
    },
    USER(rest) {
      const [uid = 0, gid = 0] = rest.split(':').map(Number);
      image.user = { uid, gid };
    },
    ENV(rest) {
      const [name = '', value = ''] = rest.split('=');
      image.env[name] = value;
    },
    CMD(rest) {
      image.command = JSON.parse(rest) as string[];
    },
    HEALTHCHECK(rest) {
      image.healthcheck = JSON.parse(rest.slice(rest.indexOf('['))) as string[];
    },
    VOLUME: nothing,
    EXPOSE: nothing,
  };
  for (const { word, rest } of stepsOf(dockerfile)) {
    const step = follower[word];
    if (step === undefined) throw new Error(`this test does not know ${word}`);
    await step(rest);
  }
  const ofStage = (part: string) => (part.startsWith('/opt/') ? join(stage, part) : part);
  return { ...image, workdir: join(stage, image.workdir), command: image.command.map(ofStage) };
}

function stepsOf(dockerfile: string): Step[] {
  const lines = dockerfile.replaceAll(/\\\n\s*/g, '').split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
}

/** What an engine does here, a machine has by itself. */
function nothing(): void {
  // See above.
}
