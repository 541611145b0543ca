/** How often it is asked whether there is a newer build. */
const UPDATE_EVERY_MS = 15 * 60_000;

interface Shell {
  /** A newer build waits for its turn. */
  hasUpdate: () => boolean;
  /** Lets it in, and reloads once it is there. */
  update: () => void;
}

/**
 * Keeps the app's own files on the machine. Only where the browser has service workers, which is with
 * HTTPS or on the machine itself; elsewhere the kiosk works, but cannot start without a network.
 */
export async function keepShell(page: Window): Promise<Shell> {
  const none = { hasUpdate: () => false, update: () => page.location.reload() };
  // Not in every kiosk browser, whatever the types say.
  const workers = page.navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined) return none;
  try {
    const script = new URL('kiosk-worker.js', page.document.baseURI);
    const registration = await workers.register(script, { scope: page.location.href });
    page.setInterval(() => void registration.update().catch(() => undefined), UPDATE_EVERY_MS);
    return {
      hasUpdate: () => registration.waiting !== null,
      update() {
        workers.addEventListener('controllerchange', () => page.location.reload(), { once: true });
        registration.waiting?.postMessage('take over');
      },
    };
  } catch {
    // Refused by the browser's settings: see above.
    return none;
  }
}
