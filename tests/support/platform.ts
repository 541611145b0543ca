import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';

/**
 * What the emulator itself answers to a search.
 *
 * @param body as JSON: `{"keywords":"…"}`.
 */
export async function searchPlatform(emulatorUrl: string, token: string, body: string): Promise<string> {
  const response = await fetch(`${emulatorUrl}/cgi-bin/user/search?access_token=${token}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  return response.text();
}

/** An access token of the demonstration's application, from the emulator itself. */
export async function fetchToken(emulatorUrl: string): Promise<string> {
  const answer = await fetch(`${emulatorUrl}/cgi-bin/oauth2/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      app_key: APP_KEY,
      app_secret: APP_SECRET,
      grant_type: 'client_credentials',
      scope: 'base',
      ocode: OCODE,
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}
