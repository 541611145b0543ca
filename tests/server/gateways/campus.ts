import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionAnswer } from '#contract/session.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { freePort } from '#tests/support/processes.ts';
import { startSignInRelay } from '../sign-in/relay.ts';
import type { SignInRelay } from '../sign-in/relay.ts';
import { closeAfterTest } from '../support/relay.ts';
import { startApache } from './apache.ts';
import type { Apache } from './apache.ts';
import { RoamingBrowser } from './browser.ts';
import { startCasServer } from './cas-server.ts';
import { makeCertificate } from './certificate.ts';
import { startOpenIdProvider } from './openid-provider.ts';
import { POLICY } from './person.ts';
import type { Person } from './person.ts';

const CARD_NUMBER = PEOPLE.staff.fields.card_number;

/** Who signs people in, as the tests see it. */
export interface Login {
  /** Who sits at the browser. */
  person: Person;
  /** How often somebody was asked who they are. */
  readonly asked: number;
}

/** A relay behind a real Apache, which a real provider tells who somebody is. */
export interface Campus {
  /** The app's address, with a slash at the end. */
  readonly url: string;
  readonly login: Login;
  readonly relay: SignInRelay;
  readonly apache: Apache;
  readonly openBrowser: () => RoamingBrowser;
  readonly sessionOf: (browser: RoamingBrowser) => Promise<SessionAnswer>;
  /** @returns the status of a search. */
  readonly search: (browser: RoamingBrowser, headers?: Record<string, string>) => Promise<number>;
}

export async function startWithOpenIdConnect(first: Person): Promise<Campus> {
  const port = await freePort();
  const url = `https://localhost:${port}/`;
  const certificate = await makeCertificate();
  const client = {
    id: 'wecard-lookup',
    secret: 'a secret of the test',
    redirectUri: `${url}auth/gateway`,
    signedOutUri: url,
  };
  const login = await startOpenIdProvider(certificate, client, first);
  const relay = await startRelay(url, await documented(0));
  const apache = await startApache({
    file: 'mod-auth-openidc.conf',
    module: 'auth_openidc',
    port,
    defines: {
      LOOKUP_HOST: `localhost:${port}`,
      LOOKUP_CERTIFICATE: certificate.file,
      LOOKUP_CERTIFICATE_KEY: certificate.keyFile,
      RELAY: relay.url,
      PROVIDER_METADATA: `${login.url}/.well-known/openid-configuration`,
      CLIENT_ID: client.id,
      CLIENT_SECRET: client.secret,
      SESSION_SECRET: 'another secret of the test',
    },
    more: `OIDCCABundlePath ${certificate.file}`,
  });
  return campusOf(url, login, relay, apache, certificate.pem);
}

export async function startWithCas(first: Person): Promise<Campus> {
  const port = await freePort();
  const url = `https://localhost:${port}/`;
  const certificate = await makeCertificate();
  const login = await startCasServer(certificate, first);
  const relay = await startRelay(url, { ...(await documented(0)), ...(await documented(1)) });
  const apache = await startApache({
    file: 'mod-auth-cas.conf',
    module: 'auth_cas',
    port,
    defines: {
      LOOKUP_HOST: `localhost:${port}`,
      LOOKUP_CERTIFICATE: certificate.file,
      LOOKUP_CERTIFICATE_KEY: certificate.keyFile,
      RELAY: relay.url,
      CAS_URL: login.url,
      CAS_AUTHORITIES: certificate.file,
      CAS_SESSIONS: '{folder}/sessions/',
    },
  });
  return campusOf(url, login, relay, apache, certificate.pem);
}

/** The settings that docs/gateway.md asks for, in its first or second block of them. */
async function documented(at: number): Promise<Record<string, string>> {
  const blocks = [...(await readFile('docs/gateway.md', 'utf8')).matchAll(/^```sh\n(.*?)^```/gms)];
  const lines = blocks[at]?.[1]?.trim().split('\n') ?? [];
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

async function startRelay(url: string, settings: Record<string, string>): Promise<SignInRelay> {
  const folder = await mkdtemp(join(tmpdir(), 'behind-apache-'));
  closeAfterTest(() => rm(folder, { recursive: true, force: true }));
  const policy = join(folder, 'policy.json');
  await writeFile(policy, JSON.stringify(POLICY));
  const { host } = new URL(url);
  const ours = Object.entries(settings).map(([name, value]): [string, string] => [
    name,
    // The address in the query of another, too.
    value.replace('lookup.campus.example', value.includes('%3A%2F%2F') ? encodeURIComponent(host) : host),
  ]);
  return startSignInRelay({ ...Object.fromEntries(ours), FOLDER: folder, POLICY_FILE: policy });
}

function campusOf(url: string, login: Login, relay: SignInRelay, apache: Apache, authority: string): Campus {
  return {
    url,
    login,
    relay,
    apache,
    openBrowser: () => new RoamingBrowser(authority),
    sessionOf: async (browser) =>
      (await (await browser.at(url).get(`${url}api/session`)).json()) as SessionAnswer,
    search: async (browser, headers = {}) =>
      (await browser.at(url).post(`${url}api/members/search`, { keywords: CARD_NUMBER }, headers)).status,
  };
}
