/** Not the content security policy: it names the relay's own page's scripts. */
const SECURITY_HEADERS = [
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
];

/** What the relay sends with each answer for the sake of security, but for its content security policy. */
export async function securityHeadersOf(relayUrl: string): Promise<Record<string, string>> {
  const { headers } = await fetch(relayUrl);
  return Object.fromEntries(
    SECURITY_HEADERS.map((name) => {
      const value = headers.get(name);
      if (value === null) throw new Error(`The relay sends no ${name}`);
      return [name, value];
    }),
  );
}
