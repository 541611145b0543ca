/** Why a goal is not reached, by its row's measure: kept by hand, shown only while it is missed. */
export const REASONS: Readonly<Record<string, string>> = {
  'first paint, cold':
    'The page holds the whole search screen: its 10 KB instead of 1 take 45 ms more on this line; its inline script (settings, appearance, the watch over the form, the first cards) takes 50 to 110 ms of the slowed processor, half of it waiting for the browser’s storage; and its first layout, with more text in more fonts, takes one and a half to two times the limit page’s.',
  'largest paint, cold':
    'Where the parser pauses, the page is painted in two steps: the largest text comes with the second. Holding back the first step brought the second no further forward.',
  'box there and usable': 'It comes with the first paint, or the step after.',
  'first result painted, cold':
    'The search is sent at once, and the page draws the card without the app. The box itself comes later than the limit page’s (see above), and a card has a layout where the limit page has a line of text.',
  'first result painted, warm':
    'As at the first visit: the page is fetched anew each time, and the card is drawn by it, not by the app. The limit page gains as little by its second visit as ours.',
  '2,000 namesakes, answer to painted':
    'All 2,000 are read and sorted into filters, and five whole cards are drawn, where the limit page writes twenty lines of text.',
  'main thread blocked, looking':
    'Vue, router, store and app are evaluated and take the prerendered screen over, after the first paint. The files are compiled beside the main thread. In a profile of what follows the first paint, 54 % of the busy time was the browser’s own (parsing, style, layout, paint) and 15 % the mounting; what is left is spread thin.',
  'main thread blocked, searching': 'The same, and the first card.',
  'compressed bytes before the box works': 'The box needs the page alone, 10 KB (`npm run check`).',
  'compressed bytes to a member opened':
    'What a member’s page needs stays below the goal (`npm run check`). This counts everything on the wire until then: the answers and the icon, 1.3 KB, and 5 KB that come in idle time for what stands around the results: who is signed in, and the tools below the box.',
  'tap on a card to its head painted':
    'The head is drawn before the fields. In a profile of the second after a tap, 60 % of the busy time was the browser’s own, 30 % Vue’s change of page, and 6 % the layout that the focus asks for.',
  'relay with everything on, unique keywords':
    'A lookup costs the relay three to six times the processor time of passing its bytes on (0.38 × and 0.24 × on two days, the relay alike and the pass-through twice as fast on one), and client, emulator and relay share two cores. Its profile is flat: making the answer with its seals 14 %, the trail 7 %, limits 5 %, collecting garbage 11 %, writing to sockets 7 %; HTTP on both sides is spread over the rest.',
  'the same, p99':
    'An answer leaves once its record is on the disk, so it waits for the sync that runs and then for its own; the processor time above comes on top.',
  'npm start, the second time, to ready':
    'The process of the row above, and before it npm and a Node of its own, some 300 ms. It was 827 ms in an earlier run, in which the rows above were 496 and 543 ms.',
  'the same, by processor time of the relay alone':
    'Session, policy, sealed references and the trail run for every lookup; none is left out to be faster.',
};
