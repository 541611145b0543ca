import { WECARD_CODE } from '#contract/errors.ts';

type Code = Exclude<(typeof WECARD_CODE)[keyof typeof WECARD_CODE], 0>;

/** The platform's words for its codes, kept recognisable: they must never reach a viewer. */
const MESSAGES: Readonly<Record<Code, string>> = {
  [WECARD_CODE.APP_KEY_OR_SECRET_INVALID]: 'app_key或app_secret无效',
  [WECARD_CODE.TOKEN_EXPIRED]: 'access_token已过期',
  [WECARD_CODE.WXCODE_INVALID]: 'wxcode无效',
  [WECARD_CODE.TOKEN_INVALID]: 'access_token无效',
  [WECARD_CODE.OCODE_UNKNOWN]: 'ocode不存在',
  [WECARD_CODE.CARD_NUMBER_UNKNOWN]: '卡号不存在',
  [WECARD_CODE.PERMISSION_DENIED]: '没有权限',
  [WECARD_CODE.PARAMETER_MISSING]: '缺少参数',
  [WECARD_CODE.PARAMETER_WRONG]: '参数错误',
  [WECARD_CODE.NOT_ENABLED]: '主体未启用该应用',
};

/** The words that go with a code; a code that nobody documented has some too. */
export function messageOf(code: number): string {
  const messages: Readonly<Partial<Record<number, string>>> = MESSAGES;
  return messages[code] ?? '系统错误';
}

/** A call that the platform answers with an error code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;

  constructor(code: Code, detail = '') {
    super(detail === '' ? messageOf(code) : `${messageOf(code)}: ${detail}`);
    this.code = code;
  }
}
