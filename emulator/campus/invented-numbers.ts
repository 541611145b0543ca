/**
 * Numbers of the right form that belong to nobody: region 000000 is no administrative division, and
 * no mobile numbers begin with 160.
 */

const ID_CARD_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/**
 * An 18-character ID number with its right check character (GB 11643-1999).
 *
 * @param birthday "20020319"
 * @param sequence 0–999
 */
export function inventedIdCard(birthday: string, sequence: number): string {
  const body = `000000${birthday}${String(sequence).padStart(3, '0')}`;
  const sum = ID_CARD_WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}

/** An 11-digit mobile number. @param line 0–99999 */
export function inventedPhone(line: number): string {
  return `160000${String(line).padStart(5, '0')}`;
}
