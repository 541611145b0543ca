/** What a Debian machine can be given by its package manager. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The servers and tools that tests run the product with: what each package brings, by which it is known. */
const TEST_PACKAGES = {
  apache2: '/usr/sbin/apache2',
  'libapache2-mod-auth-cas': '/usr/lib/apache2/modules/mod_auth_cas.so',
  'libapache2-mod-auth-openidc': '/usr/lib/apache2/modules/mod_auth_openidc.so',
  openssl: '/usr/bin/openssl',
  nginx: '/usr/sbin/nginx',
  'redis-server': '/usr/bin/redis-server',
  'libnginx-mod-http-js': '/usr/lib/nginx/modules/ngx_http_js_module.so',
  'php-cli': '/usr/bin/php',
  'php-curl': '/usr/share/doc/php-curl/copyright',
  python3: '/usr/bin/python3',
  'golang-go': '/usr/bin/go',
  'default-jdk-headless': '/usr/bin/javac',
  'docker-compose': '/usr/bin/docker-compose',
  systemd: '/usr/bin/systemd-analyze',
  prometheus: '/usr/bin/promtool',
};

/**
 * Which of these packages are not there.
 *
 * @param {(keyof typeof TEST_PACKAGES)[]} names
 */
export function missingPackages(names) {
  return names.filter((name) => !existsSync(TEST_PACKAGES[name]));
}

/** Gets a build machine what the tests want; elsewhere a test whose server is missing is skipped, and says so. */
export function ensureTestPackages() {
  const missing = missingPackages(Object.keys(TEST_PACKAGES));
  if (process.env.CI && missing.length > 0) installPackages(missing);
}

/**
 * Installs Debian's packages; only as root or where sudo asks for no password. Whether they are there then
 * shows in what they bring.
 *
 * @param {string[]} packages
 */
export function installPackages(packages) {
  if (process.platform !== 'linux' || !succeeds('apt-get', ['--version'])) return;
  const sudo = process.getuid() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && !succeeds('sudo', ['-n', 'true'])) return;
  process.stdout.write(`Installing ${packages.join(', ')} …\n`);
  const [command, ...rest] = [...sudo, 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  succeeds(command, [...rest, 'update'], env);
  succeeds(command, [...rest, 'install', '-y', '--no-install-recommends', ...packages], env);
}

/** @returns {boolean} whether a command ended well, whatever it printed. */
export function succeeds(command, args, env = process.env) {
  return spawnSync(command, args, { stdio: 'ignore', env }).status === 0;
}
