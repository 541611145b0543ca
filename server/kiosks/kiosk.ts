/** A device that an operator enrolled. */
export interface Kiosk {
  /** `kiosk-` and eight letters or digits. */
  readonly id: string;
  /** Where it stands, in the operator's words. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly enrolledAt: string;
  readonly revokedAt?: string;
  /** When a relay had written the revocation into its trail. */
  readonly revocationRecordedAt?: string;
}
