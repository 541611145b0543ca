import type { AddressInfo } from 'node:net';
import { APPLICATIONS, OCODE } from '#emulator/applications.ts';
import { startEmulator } from '#emulator/start.ts';
import { createLogger } from '#server/logger.ts';
import { createRelay } from '#server/relay.ts';
import { configOf } from '../support/relay.ts';
import { memoryAuditLog } from '../support/audit-log.ts';

/** One relay for many requests, as production puts it together, in front of an emulator that counts its calls. */
export async function startRelay(variables: Record<string, string> = {}) {
  const emulator = await startEmulator({ members: 300 });
  const { appKey, appSecret } = APPLICATIONS.demo;
  const relay = await createRelay({
    config: configOf(variables),
    wecard: { baseUrl: new URL(emulator.url), appKey, appSecret, ocode: OCODE },
    client: undefined,
    auditLog: memoryAuditLog(),
    clock: Date.now,
    logger: createLogger('silent'),
  });
  await relay.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = relay.app.server.address() as AddressInfo;
  return {
    app: relay.app,
    port,
    emulator,
    async close() {
      await relay.close();
      await emulator.close();
    },
  };
}

export type RunningRelay = Awaited<ReturnType<typeof startRelay>>;
