import type { Environment } from './environment.ts';

/** Where metrics are told; undefined: nowhere. */
export interface MetricsSettings {
  host: string;
  port: number;
}

export function readMetrics(env: Environment, relay: { port: number }): MetricsSettings | undefined {
  const port = env.port('METRICS_PORT');
  const host = env.host('METRICS_HOST');
  if (port === undefined) {
    if (host !== undefined)
      env.report('METRICS_PORT', 'is not set, and METRICS_HOST is', 'Set it too, such as 9464.');
    return undefined;
  }
  if (port === relay.port && port !== 0) {
    env.report('METRICS_PORT', 'is PORT, where the relay listens', 'Use another one, such as 9464.');
  }
  return { host: host ?? '127.0.0.1', port };
}
