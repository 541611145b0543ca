/** A key event as the decoder needs it: no DOM, so that a recording plays like the real thing. */
export interface KeyStroke {
  type: 'down' | 'up';
  /** `KeyboardEvent.key` */
  key: string;
  /** `KeyboardEvent.code`, "" where the source has none. */
  code: string;
  /** Milliseconds on the event's own clock (`timeStamp`), not when a handler got to it. */
  time: number;
  shift?: boolean;
  /** CapsLock is lit. */
  caps?: boolean;
  /** Ctrl, Alt or Meta is held: no character comes of it. */
  command?: boolean;
  /** Alt is held, as by a reader that sends characters by their numbers. */
  alt?: boolean;
  /** The key is held down and repeats itself. */
  repeat?: boolean;
}

export function strokeOf(event: KeyboardEvent): KeyStroke {
  return {
    type: event.type === 'keyup' ? 'up' : 'down',
    key: event.key,
    code: event.code,
    time: event.timeStamp,
    shift: event.shiftKey,
    caps: event.getModifierState('CapsLock'),
    command: event.ctrlKey || event.altKey || event.metaKey,
    alt: event.altKey,
    repeat: event.repeat,
  };
}
