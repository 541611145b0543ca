import type { Fault } from './faults.ts';
import type { EndpointName } from './paths.ts';

/** One call, without a value of it: what a caller sends may be somebody's name, or a secret. */
export interface LoggedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly endpoint: EndpointName;
  /** The names of what its body holds. */
  readonly fields: readonly string[];
  /** Undefined where no answer was sent. */
  readonly status: number | undefined;
  readonly errcode: number | undefined;
  readonly fault: Fault['kind'] | undefined;
  /** Milliseconds until the answer began. */
  readonly ms: number;
}

const KEPT = 50;

/** The last calls, newest first. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(request: LoggedRequest): void {
    this.#requests = [request, ...this.#requests].slice(0, KEPT);
  }
}
