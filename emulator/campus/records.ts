import { inventedIdCard, inventedPhone } from './invented-numbers.ts';
import { officeId, ROOT_ORGANIZATION_ID } from './organizations.ts';
import { face, STAFF_TERM, student, studies, WORKING } from './person.ts';
import type { NamedRecord } from './person.ts';

/** Records of which a card number tells too little, or nothing. All are invented. */
export const RECORDS = {
  studying: student('2022040777', '秦双栖', '与下一条同卡号：学生', {
    ...studies('法学院', '法学', '2022'),
    ...face('female', 21),
    serial_number: 'N2022040777',
    gender: 2,
    telephone: inventedPhone(40777),
    id_card: inventedIdCard('20010607', 118),
  }),
  working: {
    identity: 'staff',
    shows: '与上一条同卡号：教职工',
    fields: {
      name: '秦双栖',
      card_number: '2022040777',
      identity_type: '3',
      ...face('female', 21),
      college: '医学院',
      identity_title: '教学助理',
      organization: [ROOT_ORGANIZATION_ID, officeId('教务处')],
      serial_number: 'S040777',
      gender: 2,
      telephone: inventedPhone(50888),
      id_card: inventedIdCard('20010608', 229),
      ...STAFF_TERM,
      ...WORKING,
    },
  },
  withoutNumber: {
    identity: 'other',
    shows: '没有卡号',
    fields: { name: '容无号', identity_type: '1', college: '法学院', telephone: inventedPhone(60999) },
  },
} as const satisfies Record<string, NamedRecord>;
