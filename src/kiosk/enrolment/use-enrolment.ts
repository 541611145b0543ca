import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Ref } from 'vue';
import { useServices } from '../../services.ts';
import { useMemberStore } from '../../stores/member.ts';
import { useSearchStore } from '../../stores/search.ts';

/** How soon a kiosk that was revoked, or enrolled again, shows it by itself. */
const LOOK_MS = 60_000;

/**
 * False once the relay says that this device is no kiosk: it never was, or it was revoked. A person's
 * session is no kiosk's either, and must not serve whoever comes by. Asked for at each visit, each
 * minute, and whenever a lookup is refused for it.
 */
export function useEnrolment(): Ref<boolean> {
  const { session } = useServices();
  const search = useSearchStore();
  const member = useMemberStore();
  const isEnrolled = shallowRef(true);
  const ended = new AbortController();

  async function look(): Promise<void> {
    try {
      const answer = await session?.current(ended.signal);
      // Where nobody signs in, a kiosk need not either: a demonstration, a static host.
      if (answer !== undefined) isEnrolled.value = answer.signInUrl === '' || answer.viewer?.kind === 'kiosk';
    } catch {
      // Offline: the next lookup says so, and the next look may know.
    }
  }

  void look();
  const clock = setInterval(() => void look(), LOOK_MS);
  onScopeDispose(() => {
    clearInterval(clock);
    ended.abort();
  });
  watch([() => search.state, () => member.state], (states) => {
    const isRefused = states.some(
      (state) => state.status === 'failed' && state.failure.kind === 'signed-out',
    );
    if (isRefused) void look();
  });
  return isEnrolled;
}
