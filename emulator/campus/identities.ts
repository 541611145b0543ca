/** The search's `identity_type`: the platform's own four classes. */
type Classification = '1' | '2' | '3' | '4';

const CLASSIFICATION_NAMES: Readonly<Record<Classification, string>> = {
  '1': '其他',
  '2': '学生',
  '3': '教职工',
  '4': '校友',
};

interface Identity {
  /** What the batch and OAuth calls name `identity_type`: this school's own numbering. */
  readonly id: number;
  readonly name: string;
  readonly classification: Classification;
}

/**
 * The school's identities. Their ids must never be taken for classifications: id 1 is a student
 * here, and classification "1" is "other" (cloud.tencent.com/document/api/1523/87725).
 */
export const IDENTITIES = {
  other: { id: 0, name: '其他', classification: '1' },
  student: { id: 1, name: '学生', classification: '2' },
  staff: { id: 4, name: '教职工', classification: '3' },
  alumni: { id: 5, name: '校友', classification: '4' },
  undergraduate: { id: 6, name: '本科生', classification: '2' },
  master: { id: 7, name: '硕士研究生', classification: '2' },
  doctor: { id: 8, name: '博士研究生', classification: '2' },
  retired: { id: 9, name: '离退休人员', classification: '3' },
  visitor: { id: 10, name: '访客', classification: '1' },
} as const satisfies Record<string, Identity>;

export type IdentityName = keyof typeof IDENTITIES;

/** As `get-identity-type` lists them. */
export function listIdentities() {
  return Object.values(IDENTITIES).map(({ id, name, classification }) => ({
    identity_type: id,
    name,
    classification: Number(classification),
    classification_name: CLASSIFICATION_NAMES[classification],
  }));
}
