/** Somebody whom a provider signs in. All of them are invented. */
export interface Person {
  readonly id: string;
  /** Empty where the provider does not tell it. */
  readonly name: string;
  readonly groups: readonly string[];
}

export const SHEN: Person = {
  id: '沈青禾',
  name: '沈青禾（图书馆）',
  groups: ['CN=全体,OU=单位,DC=campus', '教职工', 'CN=教务处,OU=单位,DC=campus'],
};
export const LI: Person = { id: 'li.na', name: '李娜', groups: ['学生'] };
/** In no group that the policy knows, and without a name. */
export const STRANGER: Person = { id: 'CN=访客,OU=临时,DC=campus', name: '', groups: [] };

/** What the two providers' groups are to the school. */
export const POLICY = {
  kinds: { staff: ['教职工'], student: ['学生'] },
  profiles: [
    {
      name: 'registry',
      groups: ['CN=教务处,OU=单位,DC=campus'],
      shown: ['@public', '@campus'],
      watermark: true,
    },
  ],
};
