/** A typical app of this stack, as a team would write it in a day: the baseline of the bench. */
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { createRouter, createWebHashHistory } from 'vue-router';
import 'vant/lib/index.css';
import App from './App.vue';
import Member from './Member.vue';
import Search from './Search.vue';

const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', component: Search },
    { path: '/members/:card', component: Member },
  ],
});

createApp(App).use(createPinia()).use(router).mount('#app');
