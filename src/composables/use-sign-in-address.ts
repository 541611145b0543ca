import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useServices } from '../services.ts';

/** Where signing in begins that comes back to this screen. */
export function useSignInAddress(): ComputedRef<string> {
  const { signInAddress } = useServices();
  const router = useRouter();
  const route = useRoute();
  return computed(() => signInAddress(router.resolve(route.fullPath).href));
}
