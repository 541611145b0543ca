import type { AppConfig } from '#contract/app-config.ts';
import { cleanKeyword, keywordProblem } from '#contract/keyword.ts';
import type { RawAnswer } from '../api/answer.ts';
import { readResponse, sendSearch } from '../api/fetch-search.ts';

/** A search that is under way before the app is there. */
export interface EarlySearch {
  /** Cleaned. */
  readonly keyword: string;
  /** Rejects where there is no network. */
  readonly answer: Promise<RawAnswer>;
  /** Settles, either way, when the answer begins to come. */
  readonly begun: Promise<unknown>;
}

/**
 * Asks for what was submitted while the app is still on its way, as the app itself would.
 *
 * @returns undefined where the app has to see to it: it says what is wrong with the keyword, or
 * fetches a token first.
 */
export function searchEarly(page: Window, config: AppConfig, typed: string): EarlySearch | undefined {
  const keyword = cleanKeyword(typed);
  if (config.tokenEndpoint !== '' || keywordProblem(keyword) !== undefined) return undefined;
  const endpoint = new URL(config.endpoint, page.document.baseURI).href;
  const sent = sendSearch(endpoint, { keywords: keyword });
  const answer = sent.then(readResponse);
  // Whoever takes the answer sees the failure; until then it is no uncaught one.
  answer.catch(() => undefined);
  return { keyword, answer, begun: sent.catch(() => undefined) };
}
