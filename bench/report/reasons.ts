/** Why a goal is not reached, by its row's measure: kept by hand, shown only while it is missed. */
export const REASONS: Readonly<Record<string, string>> = {
  'first paint, cold':
    'The page holds the whole search screen: its 8 KB instead of 1 take 35 ms more on this line, and its inline script (settings, appearance, the watch over the form) took 35 to 67 ms of the slowed processor in three profiles. Style, layout and paint of a screen that has more on it are the rest.',
  'largest paint, cold': 'It is the first paint.',
  'box there and usable': 'It comes with the first paint.',
  'first result painted, cold':
    'The search is sent at once, but a card is drawn by the app: 62 KB of it take 310 ms on this line, then it is evaluated and takes the screen over (see the blocked time).',
  'first result painted, warm':
    'The app comes from the cache then, and is evaluated and takes the screen over as at the first visit.',
  '2,000 namesakes, answer to painted':
    'All 2,000 are read and sorted into filters, and five whole cards are drawn, where the limit page writes twenty lines of text.',
  'main thread blocked, looking':
    'Vue, router, store and app are evaluated and take the prerendered screen over, after the first paint. In a profile of the load, 45 % of the busy time was the browser’s own (parsing, style, layout, paint) and 19 % the mounting; what is left is spread thin.',
  'main thread blocked, searching': 'The same, and the first card.',
  'compressed bytes to a member opened':
    'What a member’s page needs stays below the goal (`npm run check`). This counts everything on the wire until then: the answers, the icon, and what is fetched in idle time for other screens.',
  'tap on a card to its head painted':
    'The head is drawn before the fields. In a profile of the second after a tap, 60 % of the busy time was the browser’s own, 30 % Vue’s change of page, and 6 % the layout that the focus asks for.',
  'relay with everything on, unique keywords':
    'A lookup costs the relay about three times the processor time of passing its bytes on, and client, emulator and relay share two cores. Its profile is flat: making the answer with its seals 14 %, the trail 7 %, limits 7 %, collecting garbage 8 %; HTTP on both sides is spread over the rest.',
  'the same, p99':
    'An answer leaves once its record is on the disk, so it waits for the sync that runs and then for its own; the processor time above comes on top.',
  'the same, by processor time of the relay alone':
    'Session, policy, sealed references and the trail run for every lookup; none is left out to be faster.',
  'relay, memory at 500 connections (RSS)':
    'After a collection 46 MB are alive. The rest is garbage that outlived a young generation while 500 answers waited, and that V8 leaves until it has to: semi-spaces of 4 and 8 MB changed nothing, and a lower limit of the heap would be at the mercy of the longest answer.',
};
