/** A developer's mistake in a call to the emulator's own controls; the message says the cure. */
export class Invalid extends Error {
  override readonly name = 'Invalid';
}
