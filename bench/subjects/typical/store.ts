import axios from 'axios';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SearchAnswer } from '#contract/wire.ts';

export const useMembers = defineStore('members', () => {
  const members = ref<SearchAnswer['userlist']>([]);
  const loading = ref(false);

  async function search(keywords: string) {
    loading.value = true;
    const headers = { 'X-Requested-With': 'wecard-lookup' };
    const { data } = await axios.post<SearchAnswer>('api/members/search', { keywords }, { headers });
    members.value = data.userlist;
    loading.value = false;
  }

  return { members, loading, search };
});
