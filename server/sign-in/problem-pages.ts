import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '#contract/app-config.ts';
import { Failure } from '#server/failure.ts';
import { sendFailure } from '#server/http/failures.ts';
import { pageLocale, sendPage } from '#server/pages/page.ts';
import { failedPage } from '#server/pages/sign-in-failed.ts';
import type { SignInProblem } from '#server/pages/sign-in-failed.ts';
import type { Refusal } from '#server/refusals.ts';

export interface ProblemPagesParts {
  /** The app's path, with a slash at both ends. */
  readonly basePath: string;
  readonly locale: AppConfig['locale'];
  /** Whom to ask for help; may be empty. */
  readonly contact: string;
}

/** What is refused here, without anything having failed before. */
const REFUSALS = {
  kiosk: { reason: 'sign-in-at-kiosk' },
  stale: { reason: 'sign-in-stale' },
  unnamed: { reason: 'gateway-names-nobody' },
} as const satisfies Partial<Record<SignInProblem, Refusal>>;

/** The pages on which a sign-in ends that failed. */
export interface ProblemPages {
  readonly send: (
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    problem: keyof typeof REFUSALS,
    returnPath: string,
  ) => FastifyReply;
  readonly sendFailure: (
    request: FastifyRequest,
    reply: FastifyReply,
    error: Failure,
    returnPath: string,
  ) => FastifyReply;
  /** For routes that people load: refused on the way here, as by a limit, a person reads the answer. */
  readonly errorHandler: (
    error: FastifyError | Failure,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => unknown;
}

/** @param problemOf what a failure is to who signs in. */
export function createProblemPages(
  { basePath, locale, contact }: ProblemPagesParts,
  problemOf: (error: Failure) => SignInProblem,
): ProblemPages {
  function sendProblem(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    problem: SignInProblem,
    returnPath: string,
  ): FastifyReply {
    const language = pageLocale(locale, request.headers['accept-language']);
    const page = failedPage({ locale: language, basePath, problem, returnPath, contact });
    return sendPage(reply, status, page);
  }

  const pages: ProblemPages = {
    send(request, reply, status, problem, returnPath) {
      request.refusal = REFUSALS[problem];
      return sendProblem(request, reply, status, problem, returnPath);
    },
    sendFailure(request, reply, error, returnPath) {
      request.refusal = error;
      if (error.retryAfter !== undefined) void reply.header('retry-after', error.retryAfter);
      return sendProblem(request, reply, error.status, problemOf(error), returnPath);
    },
    errorHandler: (error, request, reply) =>
      error instanceof Failure
        ? pages.sendFailure(request, reply, error, basePath)
        : sendFailure(error, request, reply),
  };
  return pages;
}
