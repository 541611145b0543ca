import { Deviation, NotApplicable } from './point.ts';
import type { Context, Finding, Point } from './point.ts';

export type Result = { readonly id: string; readonly title: string } & (
  | { readonly result: 'ok'; readonly remark: string | undefined }
  | { readonly result: 'failed'; readonly finding: Finding }
  | { readonly result: 'does not apply'; readonly why: string }
);

/** Checks one point after the other; yields each result as soon as it is known. */
export async function* checkPoints(points: readonly Point[], context: Context): AsyncGenerator<Result> {
  for (const point of points) yield { id: point.id, title: point.title, ...(await resultOf(point, context)) };
}

async function resultOf(point: Point, context: Context) {
  try {
    return { result: 'ok', remark: await point.check(context) } as const;
  } catch (error) {
    if (error instanceof Deviation) return { result: 'failed', finding: error.finding } as const;
    if (error instanceof NotApplicable) return { result: 'does not apply', why: error.message } as const;
    throw error;
  }
}
