import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { closeAfterTest } from '../support/relay.ts';

const run = promisify(execFile);

export interface Certificate {
  /** It vouches for itself: the authority is the same file. */
  readonly file: string;
  readonly keyFile: string;
  readonly pem: string;
  readonly key: string;
}

/** A certificate for `localhost`, for the time of one test. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  // Debian's user for Apache reads it, too.
  await chmod(folder, 0o755);
  const [file, keyFile] = [join(folder, 'localhost.pem'), join(folder, 'localhost.key')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-out', file, '-keyout', keyFile],
  ]);
  return { file, keyFile, pem: await readFile(file, 'utf8'), key: await readFile(keyFile, 'utf8') };
}
