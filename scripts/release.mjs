/**
 * `npm run release`: what a server needs that has Node and no registry, in `release/`: a tarball, what is in it by name
 * (CycloneDX), and their checksums. The same commit gives the same bytes, with the same Node and npm.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, prepare, runNpm } from './lib/prepare.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'release' } } });
const out = resolve(values.out);
prepare({ build: true });
// Installed by now.
const tar = await import('tar');

const COPIED = [
  'bench/README.md',
  'bench/results.svg',
  'dist',
  'docs',
  'deploy',
  'emulator/README.md',
  'examples',
  'scripts/run.mjs',
  '.env.example',
  'LICENSE',
  'CHANGELOG.md',
  'README.md',
  'README.zh-CN.md',
];
/** Of the build, but not of what it built. */
const LEFT = [join('dist', '.built'), join('dist', 'client', '.vite')];

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const name = `${manifest.name}-${manifest.version}`;
const time = timeOfCommit();
const stage = mkdtempSync(join(tmpdir(), 'wecard-lookup-release-'));
try {
  mkdirSync(out, { recursive: true });
  const sbom = `${name}.cdx.json`;
  const tarball = `${name}.tar.gz`;
  writeFileSync(join(out, sbom), billOfMaterials());
  fill(join(stage, name));
  await tar.create(
    { cwd: stage, file: join(out, tarball), gzip: { level: 9, portable: true }, portable: true, mtime: time },
    filesUnder(stage),
  );
  const sums = [tarball, sbom].map((file) => `${sha256(join(out, file))}  ${file}\n`);
  writeFileSync(join(out, `${name}.sha256`), sums.join(''));
  for (const file of [tarball, sbom, `${name}.sha256`]) process.stdout.write(`${join(values.out, file)}\n`);
} finally {
  rmSync(stage, { recursive: true });
}

function fill(folder) {
  for (const path of COPIED) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(path, join(folder, path), {
      recursive: true,
      filter: (source) => !LEFT.includes(relative('.', source)),
    });
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(releasedManifest(), undefined, 2)}\n`);
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices());
}

/** The commands that a release has: those with a built entry. */
function releasedManifest() {
  const { description, license, type, engines, scripts } = manifest;
  const commands = Object.keys(scripts).filter((command) => existsSync(`dist/server/${command}.js`));
  const entries = [['start', 'main'], ...commands.map((command) => [command, command])];
  const released = entries.map(([command, entry]) => [command, `node scripts/run.mjs ${entry}`]);
  const { name, version } = manifest;
  return {
    name,
    version,
    private: true,
    description,
    license,
    type,
    engines,
    scripts: Object.fromEntries(released),
  };
}

/** What the build may have in it: everything but what only the development needs. */
function shippedPackages() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path, { version, license }]) => ({
      path,
      name: path.replace(/.*node_modules\//, ''),
      version,
      license,
    }));
}

function billOfMaterials() {
  // With --omit=dev npm 11 leaves out what a development package needs too: Vue.
  const npm = runNpm(['sbom', '--sbom-format=cyclonedx', '--package-lock-only']);
  if (npm.status !== 0) fail(`npm could not tell what is in the release:\n${npm.stderr}`);
  const sbom = JSON.parse(npm.stdout);
  const shipped = new Set(shippedPackages().map(({ name, version }) => `${name}@${version}`));
  const own = sbom.metadata.component['bom-ref'];
  const isShipped = (ref) => ref === own || shipped.has(ref);
  sbom.components = sbom.components.filter((component) => isShipped(component['bom-ref']));
  sbom.dependencies = sbom.dependencies
    .filter(({ ref }) => isShipped(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) }));
  // Random.
  delete sbom.serialNumber;
  sbom.metadata.timestamp = time.toISOString();
  // npm takes the name of the folder.
  Object.assign(sbom.metadata.component, { name: manifest.name, type: 'application' });
  return `${JSON.stringify(sbom, undefined, 2)}\n`;
}

/** Licences ask to go with what they are about. */
function notices() {
  const parts = shippedPackages().map(({ path, name, version, license }) => {
    const texts = readdirSync(path)
      .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
      .sort()
      .map((file) => readFileSync(join(path, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  return `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** SOURCE_DATE_EPOCH (reproducible-builds.org), else when HEAD was committed. */
function timeOfCommit() {
  const git = spawnSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' });
  const seconds = Number(process.env.SOURCE_DATE_EPOCH ?? (git.status === 0 ? git.stdout : NaN));
  if (!Number.isInteger(seconds) || seconds === 0) {
    fail('This is no git checkout: set SOURCE_DATE_EPOCH to the time of the release, in seconds since 1970.');
  }
  const changes = spawnSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
  if (changes.stdout)
    process.stderr.write('No commit holds what is here now: nobody can make these bytes again.\n');
  return new Date(seconds * 1_000);
}

/** Sorted, with the slashes of a tarball; folders come by themselves. */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
