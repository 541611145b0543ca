import { COUNTER } from '#tests/support/policy.ts';
import { KIOSK, PHONE } from '../browser.ts';
import type { FlowGroup } from './flow.ts';
import { ENROLMENT_FLOWS, KIOSK_FLOWS } from './kiosk.ts';
import { LOOK_FLOWS } from './looks.ts';
import { COUNTER_FLOWS, MEMBER_FLOWS } from './member.ts';
import { SEARCH_FLOWS } from './search.ts';
import { SETTINGS_FLOWS } from './settings.ts';

export const GROUPS: readonly FlowGroup[] = [
  { size: PHONE, flows: [...SEARCH_FLOWS, ...MEMBER_FLOWS, ...SETTINGS_FLOWS, ...LOOK_FLOWS] },
  { size: KIOSK, flows: KIOSK_FLOWS },
  { size: KIOSK, setting: { env: { SIGN_IN: 'wecard', EMULATOR_MEMBERS: '50' } }, flows: ENROLMENT_FLOWS },
  {
    size: PHONE,
    setting: { policy: { profiles: [COUNTER] }, env: { EMULATOR_MEMBERS: '50' } },
    flows: COUNTER_FLOWS,
  },
];
