import type { AppConfig } from '#contract/app-config.ts';
import type { LookupFailure } from './failure.ts';
import { createHttp } from './http.ts';
import { createMembersApi } from './members.ts';
import type { MembersApi } from './members.ts';
import { createPhotosApi } from './photos.ts';
import type { PhotosApi } from './photos.ts';
import { createRelayCall } from './relay-call.ts';
import { createRevealApi } from './reveal.ts';
import type { RevealApi } from './reveal.ts';
import { createSessionApi } from './session.ts';
import type { SessionApi } from './session.ts';

/** All that the app asks a backend. */
export interface Api {
  /**
   * Milliseconds since the epoch, by the backend's clock once a search has told it, else by the device's: what
   * is valid is judged by it.
   */
  campusNow: () => number;
  members: MembersApi;
  /** Undefined where there is no relay, and so nobody who signs in. */
  session: SessionApi | undefined;
  /** Undefined where there is no relay, and so no link that ends. */
  photos: PhotosApi | undefined;
  /** Undefined where there is no relay, and so nothing that is masked. */
  reveal: RevealApi | undefined;
  /**
   * Calls `listener` for each call that fails because nobody is signed in, before the call's own promise
   * rejects: the session ended in another tab, on another device, or by itself.
   */
  onSignedOut: (listener: SignedOutListener) => void;
}

export type SignedOutListener = (failure: LookupFailure) => void;

interface ApiOptions {
  config: AppConfig;
  /** The app's own address. */
  baseUrl: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** For a search, in milliseconds. */
  deadlineMs?: number | undefined;
}

export function createApi({ config, baseUrl, now, deadlineMs }: ApiOptions): Api {
  const listeners = new Set<SignedOutListener>();
  const sessionUrl = config.relay ? new URL('api/session', baseUrl).href : undefined;
  const http = createHttp({
    now,
    sessionUrl,
    onSignedOut: (failure) => listeners.forEach((tell) => tell(failure)),
  });
  let aheadMs = 0;
  const members = createMembersApi({ config, baseUrl, http, now, deadlineMs });
  const call = config.relay ? createRelayCall(http, baseUrl) : undefined;
  return {
    campusNow: () => now() + aheadMs,
    members: {
      async search(request, signal) {
        const reply = await members.search(request, signal);
        if (reply.time !== undefined) aheadMs = reply.time - now();
        return reply;
      },
    },
    session: call && createSessionApi(call),
    photos: call && createPhotosApi(call),
    reveal: call && createRevealApi(call),
    onSignedOut: (listener) => void listeners.add(listener),
  };
}
