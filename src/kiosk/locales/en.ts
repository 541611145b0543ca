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
  },
  close: 'Close',
  notLoaded: {
    title: 'A part could not be loaded',
    advice: 'You can go on in another way: type a card number, say, or present a card.',
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
    garbled: {
      title: 'The card reader needs adjusting',
      advice:
        'What it sent is no card number. Type a name or card number, and tell the staff: the reader is set to another keyboard layout than this machine.',
    },
  },
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
  reader: {
    title: 'Check the reader',
    hint: 'Present a card and see what the reader sends. Nothing is looked up here, and nothing is kept.',
    code: 'Card number',
    typed: 'By this machine’s layout',
    physical: 'By the keys of a US keyboard',
    none: 'Cannot be told',
    ending: 'Ended by',
    silence: 'a pause; no key was sent',
    pace: 'Pace',
    keysIn: (keys, ms) => `${keys} ${keys === 1 ? 'character' : 'characters'} in ${ms} ms`,
    keys: 'Each key',
    advice: {
      ready: 'Ready for use.',
      layout:
        'The reader is set to another keyboard layout than this machine; the number was read by where the keys lie. Set the reader to the machine’s layout.',
      garbled:
        'The reader is set to another keyboard layout than this machine, and no number can be read. Set both to the same layout, best to US.',
      foreign:
        'The keys arrived, but they hold no card number. Make sure that the reader reads the number of campus cards.',
    },
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
