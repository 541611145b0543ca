const MAINLAND_MOBILE = /^(?:\(?\+?86\)?[ -]?)?(1\d{2})(\d{4})(\d{4})$/;

/** "137 1234 5678" and "+86 137 1234 5678"; masked, foreign and land-line numbers stay as they are. */
export function formatPhone(phone: string): string {
  const [, ...parts] = MAINLAND_MOBILE.exec(phone) ?? [];
  if (parts.length === 0) return phone;
  return phone.includes('86') && !phone.startsWith('1') ? `+86 ${parts.join(' ')}` : parts.join(' ');
}

/** What can be dialled, or undefined where digits are masked or missing. */
export function dialable(phone: string | undefined): string | undefined {
  if (phone === undefined || /[^\d\s()+-]/.test(phone)) return undefined;
  const digits = phone.replace(/[^\d+]/g, '');
  return digits.length >= 3 ? digits : undefined;
}

/** The first thing in a sentence that can be dialled: "Card office, 010-6278 0000 (9–17)". */
export function phoneIn(text: string): string | undefined {
  const [found] = /\+?\d[\d ()-]{5,}\d/.exec(text) ?? [];
  return dialable(found);
}
