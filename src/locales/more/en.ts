import type { MoreWords } from '../../i18n/more-words.ts';

export const words: MoreWords = {
  tools: {
    label: 'Tools',
    large: 'Large text',
    settings: 'Settings',
  },
  settings: {
    title: 'Settings',
    language: 'Language',
    theme: 'Appearance',
    themes: { system: 'Like the system', light: 'Light', dark: 'Dark' },
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
};
