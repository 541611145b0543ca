export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';

/** In hexadecimal: FF D8 FF, "\x89PNG\r\n\x1a\n", "GIF87a" or "GIF89a", "RIFF", a length, "WEBPVP". */
const SIGNATURES: readonly (readonly [ImageType, RegExp])[] = [
  ['image/jpeg', /^ffd8ff/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/gif', /^47494638(37|39)61/],
  ['image/webp', /^52494646.{8}574542505650/],
];

/** The longest signature. */
const HEAD_BYTES = 14;

/**
 * What the bytes are, by the signatures of the WHATWG MIME Sniffing Standard (§ 6.1). The label that came with them
 * is not believed. SVG is left out on purpose: it is a document that can run scripts.
 */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('hex');
  return SIGNATURES.find(([, signature]) => signature.test(head))?.[0];
}
