import { PEOPLE } from '#emulator/campus/people.ts';
import { holdNextAnswer } from './held-answer.ts';
import type { Phone } from './phone.ts';
import type { Stage } from './stage.ts';

export interface PhoneScreen {
  /** Whose page it is: `plain` where nothing is said. */
  readonly on?: 'counter' | 'limited' | 'stranger';
  /** Where it begins, below the app's own address. */
  readonly path?: string;
  /** What a viewer does to come to it, and how they know that they are there. */
  readonly reach: (phone: Phone, stage: Stage) => Promise<void>;
}

const { staff, student, everyField } = PEOPLE;

/** Every screen of the phone, and every state of it. */
export const PHONE_SCREENS: Readonly<Record<string, PhoneScreen>> = {
  search: { reach: ({ box }) => box.waitFor() },
  problem: {
    reach: async (phone) => {
      await phone.search(' ');
      await phone.alert.waitFor();
    },
  },
  results: {
    reach: async (phone) => {
      await phone.search('张伟');
      await phone.cards.first().waitFor();
    },
  },
  nobody: {
    reach: async (phone) => {
      await phone.search('查无此人');
      await phone.status.waitFor();
    },
  },
  loading: {
    reach: async (phone) => {
      await holdNextAnswer(phone.page);
      await phone.search('张伟');
      await phone.page.getByRole('status').filter({ hasText: phone.names.searching }).waitFor();
    },
  },
  failed: {
    reach: async (phone, { setEmulator }) => {
      await setEmulator({ faults: [{ endpoint: 'search', kind: 'html', times: 'always' }] });
      await phone.search('张伟');
      await phone.alert.waitFor();
      await setEmulator({ reset: true });
    },
  },
  offline: {
    reach: async (phone) => {
      await phone.box.waitFor();
      await phone.page.context().setOffline(true);
      await phone.search('张伟');
      await phone.alert.waitFor();
    },
  },
  'signed-out': {
    on: 'stranger',
    reach: async (phone) => {
      await phone.search('张伟');
      await phone.alert.waitFor();
    },
  },
  limited: {
    on: 'limited',
    reach: async (phone) => {
      await phone.search(staff.fields.card_number);
      await phone.cards.or(phone.alert).first().waitFor();
      await phone.search(student.fields.card_number);
      await phone.alert.waitFor();
    },
  },
  member: { reach: (phone) => openMember(phone) },
  revealed: {
    reach: async (phone) => {
      await openMember(phone);
      await phone.fieldButton(phone.names.reveal).first().click();
      await phone.page.getByText(everyField.fields.telephone).waitFor();
    },
  },
  photo: {
    reach: async (phone) => {
      await openMember(phone, staff.fields.card_number);
      await phone.button(phone.names.enlarge).click();
      await phone.dialog.waitFor();
    },
  },
  contact: { on: 'counter', reach: openContact },
  qr: {
    on: 'counter',
    reach: async (phone) => {
      await openContact(phone);
      await phone.button(phone.names.qr).click();
      await phone.page.getByRole('img', { name: phone.names.qr }).waitFor();
    },
  },
  reason: {
    on: 'counter',
    reach: async (phone) => {
      await openMember(phone);
      await phone.fieldButton(phone.names.reveal).first().click();
      await phone.dialog.waitFor();
    },
  },
  verify: {
    on: 'counter',
    reach: async (phone) => {
      await openMember(phone);
      await phone.fieldButton(phone.names.check).click();
      await phone.page.getByRole('textbox').fill('0');
      await phone.page.getByRole('textbox').press('Enter');
      await phone.page.getByText(/请输入四位|four characters/).waitFor();
    },
  },
  'lapsed-link': { path: 'members/nonsense', reach: ({ alert }) => alert.waitFor() },
  unknown: {
    path: 'nowhere',
    reach: ({ page }) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  // A browser that gives pages no camera: the way by photo.
  scan: {
    path: 'scan',
    reach: ({ page }) => page.getByRole('heading', { level: 2 }).waitFor(),
  },
  settings: {
    path: 'settings',
    reach: ({ page }) => page.getByRole('radio').first().waitFor(),
  },
};

async function openMember(phone: Phone, cardNumber: string = everyField.fields.card_number): Promise<void> {
  await phone.search(cardNumber);
  await phone.cards.first().click();
  await phone.page.getByRole('definition').first().waitFor();
}

async function openContact(phone: Phone): Promise<void> {
  await openMember(phone);
  await phone.button(phone.names.actions).click();
  await phone.dialog.waitFor();
}
