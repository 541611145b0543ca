/** Why a goal is not reached, by its row's measure: kept by hand, shown only while it is missed. */
export const REASONS: Readonly<Record<string, string>> = {
  'relay with everything on, unique keywords':
    'A lookup costs the relay about three times the processor time of passing its bytes on, and client, emulator and relay share two cores. Which of session, policy, sealing and trail costs how much of it has not been measured apart.',
  'the same, p99': 'Not taken apart yet; the processor time above is part of it.',
  'the same, by processor time of the relay alone':
    'Session, policy, sealed references and the trail run for every lookup; none is left out to be faster.',
  'relay, memory at 500 connections (RSS)': 'What holds it has not been found yet.',
};
