import type { FastifyInstance } from 'fastify';
import type { AuditLog } from '#server/audit/audit-log.ts';
import { Failure } from '#server/failure.ts';
import type { EnumerationGuard } from '#server/limits/enumeration.ts';
import type { PhotoFetcher } from '#server/photos/fetcher.ts';
import type { Recorder } from '#server/recorder.ts';
import type { Transport } from '#server/wecard/transport.ts';
import type { Metrics } from './metrics.ts';
import { callNameOf, callOutcomeOf } from './platform-calls.ts';

/*
 * The relay's parts as they are, with what they do counted on the way: none of them knows of it.
 */

export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', ({ routeOptions }, { statusCode, elapsedTime }, done) => {
    metrics.answered(routeOptions.url ?? 'none', statusCode, elapsedTime / 1_000);
    done();
  });
}

export function measuredTransport(transport: Transport, metrics: Metrics): Transport {
  return {
    async post(call) {
      const seconds = stopwatch();
      const name = callNameOf(call.path);
      try {
        const answer = await transport.post(call);
        metrics.called(name, callOutcomeOf(name, answer), seconds());
        return answer;
      } catch (error) {
        metrics.called(name, kindOf(error), seconds());
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

export function measuredAuditLog(
  log: Pick<AuditLog, 'record' | 'writable'>,
  metrics: Metrics,
): Pick<AuditLog, 'record' | 'writable'> {
  return {
    get writable() {
      return log.writable;
    },
    async record(entry) {
      const seconds = stopwatch();
      try {
        await log.record(entry);
        metrics.recorded(true, seconds());
      } catch (error) {
        metrics.recorded(false, seconds());
        throw error;
      }
    },
  };
}

/** Counts each refusal, those too of which the audit log keeps no more than their number. */
export function measuredRecorder(recorder: Recorder, metrics: Metrics): Recorder {
  return {
    get writable() {
      return recorder.writable;
    },
    async record(entry) {
      await recorder.record(entry);
      metrics.happened(entry.event, entry.outcome);
    },
    recordRefusal(entry, address) {
      metrics.happened(entry.event, entry.outcome);
      return recorder.recordRefusal(entry, address);
    },
    close: () => recorder.close(),
  };
}

export function measuredEnumeration(guard: EnumerationGuard, metrics: Metrics): EnumerationGuard {
  return {
    async step(viewer, cardNumber, perMinute) {
      const step = await guard.step(viewer, cardNumber, perMinute);
      for (const report of step.reports) metrics.enumerated(report);
      return step;
    },
  };
}

export function measuredPhotos(fetcher: PhotoFetcher, metrics: Metrics): PhotoFetcher {
  return {
    async fetch(source) {
      try {
        const photo = await fetcher.fetch(source);
        metrics.gotPhoto(photo === undefined ? 'missing' : 'ok');
        return photo;
      } catch (error) {
        metrics.gotPhoto(kindOf(error));
        throw error;
      }
    },
    close: () => fetcher.close(),
  };
}

/** Both of them fail with nothing but a `Failure` of these kinds. */
function kindOf(error: unknown): 'timeout' | 'upstream' | 'busy' {
  const kind = error instanceof Failure ? error.kind : 'upstream';
  return kind === 'timeout' || kind === 'busy' ? kind : 'upstream';
}

/** @returns what tells the seconds since now. */
function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1_000;
}
