import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PrometheusMetrics, RelayState } from './prometheus.ts';

/** A scraper sends some hundred bytes. */
const REQUEST_TIMEOUT_MS = 5_000;

export interface MetricsServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Answers `GET /metrics`, and nothing else, on a port of its own: whoever reaches the relay does not reach this.
 *
 * @throws what listening throws: EADDRINUSE, EACCES, EADDRNOTAVAIL.
 */
export async function listenForScrapes(
  { host, port }: { host: string; port: number },
  metrics: Pick<PrometheusMetrics, 'exposition' | 'contentType'>,
  state: RelayState,
): Promise<MetricsServer> {
  const limits = { requestTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 1_000 };
  const server = createServer(limits, ({ method, url }, reply) => {
    if (url !== '/metrics') return void reply.writeHead(404).end();
    if (method !== 'GET' && method !== 'HEAD') return void reply.writeHead(405, { allow: 'GET' }).end();
    metrics.exposition(state).then(
      (text) => reply.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => reply.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
