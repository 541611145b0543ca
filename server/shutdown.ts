import type { Logger } from './logger.ts';

/** Requests still come until every balancer has seen `readyz` fail. */
const GRACE_MS = 2_000;
const DEADLINE_MS = 10_000;

export interface ShutdownParts {
  drain: () => void;
  close: () => Promise<void>;
  logger: Logger;
  exit: (code: number) => void;
}

/**
 * SIGTERM: not ready, a moment for balancers to see it, finish what runs, exit 0. SIGINT comes from a person, who
 * does not wait for balancers. A second signal or ten seconds end it at once.
 */
export function createShutdown({
  drain,
  close,
  logger,
  exit,
}: ShutdownParts): (signal: NodeJS.Signals) => void {
  let isShuttingDown = false;

  async function shutDown(graceMs: number): Promise<void> {
    drain();
    setTimeout(() => {
      logger.error('shutdown took too long');
      exit(1);
    }, DEADLINE_MS).unref();
    await new Promise((resolve) => setTimeout(resolve, graceMs));
    await close();
    exit(0);
  }

  return (signal) => {
    if (isShuttingDown) {
      exit(1);
      return;
    }
    isShuttingDown = true;
    logger.info({ signal }, 'shutting down');
    void shutDown(signal === 'SIGTERM' ? GRACE_MS : 0);
  };
}
