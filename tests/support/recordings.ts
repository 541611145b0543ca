import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';

/** [down or up, key, code, ms, flags]; the flags are s(hift), c(aps), x (a command key), r(epeat). */
export type PackedStroke = [type: 'd' | 'u', key: string, code: string, time: number, flags: string];

/** A sequence of keys as a browser told it, and what in it is to be looked up: scans, and what was typed with Enter. */
export interface Recording {
  name: string;
  scans: string[];
  strokes: PackedStroke[];
}

export function packStroke(stroke: KeyStroke): PackedStroke {
  const { shift, caps, command, repeat } = stroke;
  const flags = (shift ? 's' : '') + (caps ? 'c' : '') + (command ? 'x' : '') + (repeat ? 'r' : '');
  return [
    stroke.type === 'down' ? 'd' : 'u',
    stroke.key,
    stroke.code,
    Math.round(stroke.time * 10) / 10,
    flags,
  ];
}

export function unpackStroke([type, key, code, time, flags]: PackedStroke): KeyStroke {
  return {
    type: type === 'd' ? 'down' : 'up',
    key,
    code,
    time,
    shift: flags.includes('s'),
    caps: flags.includes('c'),
    command: flags.includes('x'),
    repeat: flags.includes('r'),
  };
}

export function recordingsIn(name: string): Recording[] {
  const file = join(import.meta.dirname, `../fixtures/scanner/${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Recording[];
}
