/** The relay's sign-in, which comes back to where it began. */
export function signInAddress(returnPath: string): string {
  return `auth/login?return=${encodeURIComponent(returnPath)}`;
}
