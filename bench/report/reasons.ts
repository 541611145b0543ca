/** Why a goal is not reached, by its row's measure: kept by hand, shown only while it is missed. */
export const REASONS: Readonly<Record<string, string>> = {
  'relay with everything on, unique keywords':
    'Each lookup is checked, sealed, recorded and synced on one thread, beside the client and the emulator on the same two cores; it costs about three times the processor time of passing bytes on.',
  'the same, p99':
    'The same cost, waited for in a queue of 48 connections; the trail’s sync to the disk adds to it.',
  'the same, by processor time of the relay alone':
    'Reading strictly, policy, sealed references and the trail, each for every member; none is left out to be faster.',
  'relay, memory at 500 connections (RSS)':
    'Requests that wait while 500 ask at once are held whole; how much depends on how fast the machine answers.',
};
