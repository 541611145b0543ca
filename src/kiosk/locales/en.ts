import type { KioskWords } from '../words.ts';

export const words: KioskWords = {
  attract: {
    title: 'Who is it?',
    hint: 'Choose a way to start, or just present a card',
    byName: 'Type a name',
    byNameHint: 'Pinyin with characters to choose, or Latin letters',
    byNumber: 'Type a card number',
    byNumberHint: 'Number pad, every digit counts',
    byCard: 'Present a card',
    byCardHint: 'Hold the campus card or its barcode to the reader',
    private: 'Press “End” when you are done; what is left is cleared by itself',
  },
  end: 'End',
  language: '中文',
  backToResults: 'Back to results',
  pickOne: 'Touch a card to see its details',
  again: 'Type again',
  another: 'Look up someone else',
  offline: 'The network is gone; this continues by itself when it is back',
  privacy: {
    button: 'Privacy',
    title: 'Privacy',
    text: 'When you leave, everything that you typed and saw here is cleared, and nothing about anybody stays on this machine. Lookups are recorded as the school’s rules say.',
    more: (url) => `The full notice: ${url}`,
    close: 'Close',
  },
  idle: {
    title: 'Are you still there?',
    countdown: (seconds) => `The screen is cleared in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
    stay: 'I am here, continue',
  },
  foreign: {
    'campus-code': {
      title: 'This is a campus code, and names nobody',
      advice:
        'It changes each time and holds no card number. Present the card itself, or type a name or card number.',
    },
    link: {
      title: 'This is a web address',
      advice: 'Scan the barcode on the campus card, or type a name or card number.',
    },
    unreadable: {
      title: 'No card number could be read',
      advice: 'Hold the card flat and try again, or type a name or card number.',
    },
  },
  doubtful: 'Card or keys? If the box is right, press “Search”; if not, clear it and present the card again',
  notice: { close: 'Close' },
  notEnrolled: {
    title: 'This kiosk cannot look anybody up yet',
    visitors: 'It has not been set up, or was switched off. Please use your phone, or ask at the desk.',
    staff: 'Staff: how to set it up',
    steps: [
      'An operator runs npm run kiosk -- enrol --name "place" on the server, which prints a one-time code',
      'Within ten minutes, press the button below and enter the code',
    ],
    enrol: 'Enter the code',
  },
  keyboard: {
    label: 'On-screen keyboard',
    modes: { number: '123', pinyin: 'Pinyin', latin: 'ABC' },
    candidates: 'Characters to choose',
    hint: 'Type a name in pinyin, such as zhangwei, then choose characters',
    previous: 'Previous',
    next: 'Next',
    backspace: 'Backspace',
    clear: 'Clear',
    space: 'Space',
    shift: 'Capitals',
    separator: 'Divide',
    search: 'OK',
  },
};
