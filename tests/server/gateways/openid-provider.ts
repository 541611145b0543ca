import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { vi } from 'vitest';
import { closeAfterTest } from '../support/relay.ts';
import type { Certificate } from './certificate.ts';
import type { Person } from './person.ts';

export interface OpenIdProvider {
  /** Its issuer, without a slash at the end. */
  readonly url: string;
  /** Who sits at the browser: signs in when they are asked. */
  person: Person;
  /** How often somebody was asked who they are. */
  readonly asked: number;
}

export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly signedOutUri: string;
}

/** Seconds: longer than any test. */
const LIFETIME = 3_600;

/** A certified OpenID provider with one client, who is trusted without a question. */
export async function startOpenIdProvider(
  { pem, key }: Certificate,
  client: Client,
  first: Person,
): Promise<OpenIdProvider> {
  const server = createServer({ cert: pem, key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Person>();
  const state = { url, person: first, asked: 0 };

  // It warns that it forgets everything with its process.
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const provider = new Provider(url, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        post_logout_redirect_uris: [client.signedOutUri],
      },
    ],
    jwks: {
      keys: [
        {
          ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
          kid: 'one',
        },
      ],
    },
    cookies: { keys: ['cookies of one test'] },
    scopes: ['openid', 'profile', 'groups'],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'], groups: ['groups'] },
    pkce: { required: () => false },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        logoutSource: (context, form) => void (context.body = `<!doctype html>${form}`),
      },
    },
    ttl: {
      AccessToken: LIFETIME,
      Grant: LIFETIME,
      IdToken: LIFETIME,
      Interaction: LIFETIME,
      Session: LIFETIME,
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => {
      const person = people.get(accountId);
      if (person === undefined) return undefined;
      const { id, name, groups } = person;
      return {
        accountId,
        claims: () => ({
          sub: accountId,
          preferred_username: id,
          ...(name && { name }),
          ...(groups.length > 0 && { groups }),
        }),
      };
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: client.id, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid profile groups');
      await grant.save();
      return grant;
    },
  });

  warn.mockRestore();
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) {
      void answer(request, response);
      return;
    }
    state.asked += 1;
    // The subject is ASCII (OpenID Connect Core 1.0, 2).
    const accountId = Buffer.from(state.person.id).toString('hex');
    people.set(accountId, state.person);
    void provider.interactionFinished(request, response, { login: { accountId } });
  });
  return state;
}
