import type { MoreWords } from '../../i18n/more-words.ts';

export const words: MoreWords = {
  tools: {
    label: 'Tools',
    large: 'Large text',
    settings: 'Settings',
  },
  scan: {
    title: 'Scan a card',
    aim: 'Hold the bar code or QR code of the card in the frame',
    starting: 'Opening the camera…',
    late: 'Nothing read yet? Take a photo, or type the number.',
    video: 'Camera picture',
    light: 'Light',
    photo: 'Take or choose a photo',
    type: 'Type the number',
    again: 'Scan again',
    reading: 'Reading the photo…',
    private: 'The picture is read on this device and sent nowhere.',
    noCode: {
      title: 'No code in this photo',
      advice: 'Take another one close to the bar code and in good light, or type the number.',
    },
    noReader: {
      title: 'This browser cannot read bar codes',
      advice: 'Check the network and try again; on an older phone, type the number.',
    },
    camera: {
      refused: {
        title: 'No permission to use the camera',
        advice:
          'You can allow it in the settings of the phone or the browser. Or take a photo of the card, or type the number.',
      },
      absent: { title: 'No camera found', advice: 'Choose a photo of the card, or type the number.' },
      busy: {
        title: 'Another app is using the camera',
        advice: 'Close it and try again, or take a photo, or type the number.',
      },
      blocked: {
        title: 'The camera cannot be opened here',
        advice: 'This app gives pages no camera. Take or choose a photo, or type the number.',
      },
    },
    foreign: {
      'campus-code': {
        title: 'This is a campus code: it names nobody',
        advice:
          'A campus code changes each time and holds no card number. Scan the bar code on the card itself, or type a name or card number.',
      },
      link: {
        title: 'That is a web address',
        advice: 'Scan the bar code on the card, or type a name or card number.',
      },
      unreadable: {
        title: 'No card number in this code',
        advice: 'Try another code on the card, or type the number.',
      },
    },
  },
  sheet: {
    close: 'Close',
    qr: 'QR code of the contact',
    qrHint: 'Scan it with the camera of another phone to save the contact.',
  },
  settings: {
    title: 'Settings',
    language: 'Language',
    theme: 'Appearance',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    large: 'Large text',
    largeHint: 'Larger letters and buttons, also the next time',
    textSize: 'Text size',
    textSizeValue: (pixels) => `${pixels} pixels`,
    sample: 'Li Ming · campus card 07302590',
    about: 'About',
    contact: 'Contact the school',
    colon: ': ',
    privacy: 'Privacy notice',
    noPrivacy: 'The school has given no privacy notice; please ask it',
    kept: 'These choices are kept on this device only.',
  },
  verify: {
    check: 'Check',
    close: 'Close',
    ask: (field) => `Ask for the last four of: ${field}`,
    hint: 'You are only told whether they match. Three tries each, then none for an hour; ten a day for one person.',
    incomplete: 'Type four characters.',
    match: 'They match',
    noMatch: 'They do not match',
    closed: 'Too many tries; no more for now.',
    openAgain: 'You can go on now.',
  },
  reason: {
    title: (field) => `Why do you need to see this? (${field})`,
    note: 'Your reason goes into the record of lookups.',
    common: [
      'Checking who a visitor is',
      'Handling this person’s own request',
      'An emergency: they must be reached',
    ],
    other: 'Another reason',
    typed: 'Say why',
    missing: 'Choose or write a reason first.',
    cancel: 'Cancel',
    submit: 'Show',
  },
};
