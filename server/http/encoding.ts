/** The encodings that we write, best first. */
export type Encoding = 'br' | 'gzip';

/** What an `Accept-Encoding` allows, best of ours first; undefined: send it as it is. (RFC 9110, 12.5.3) */
export function preferredEncoding(accept: string | undefined): Encoding | undefined {
  if (accept === undefined) return undefined;
  const allowed = new Map<string, boolean>();
  for (const part of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    allowed.set(name, !parameters.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter)));
  }
  const others = allowed.get('*') ?? false;
  return (['br', 'gzip'] as const).find((encoding) => allowed.get(encoding) ?? others);
}
