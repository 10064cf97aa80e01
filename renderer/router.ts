import { createRouter, createWebHashHistory } from 'vue-router';
import type { RouteRecordRaw, Router } from 'vue-router';
import { useSession } from './stores/session';

declare module 'vue-router' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be added to
  interface RouteMeta {
    /** Shown without the shell and without an account. */
    alone?: boolean;
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('./views/sign-in/SignInView.vue'), meta: { alone: true } },
  { path: '/', name: 'home', component: () => import('./views/home/HomeView.vue') },
  { path: '/get-ready', name: 'get-ready', component: () => import('./views/get-ready/GetReadyView.vue') },
  { path: '/list/:doctype', name: 'list', component: () => import('./views/list/ListView.vue'), props: true },
  // `field` names the field to go to, e.g. the one that the server refused.
  {
    path: '/document/:doctype/:name',
    name: 'document',
    component: () => import('./views/document/DocumentView.vue'),
    props: (route) => ({ doctype: route.params['doctype'], name: route.params['name'], field: route.query['field'] ?? null }),
  },
  {
    path: '/new/:doctype',
    name: 'new',
    component: () => import('./views/document/DocumentView.vue'),
    props: (route) => ({ doctype: route.params['doctype'], name: null, field: null }),
  },
  {
    path: '/sync/:tab(waiting|needs-you|done|connection)?',
    name: 'sync',
    component: () => import('./views/sync/SyncView.vue'),
    props: true,
  },
  { path: '/settings', name: 'settings', component: () => import('./views/settings/SettingsView.vue') },
  { path: '/:rest(.*)*', redirect: { name: 'home' } },
];

/** Hash history: the page is reloaded from `app://fieldbook/` and from the headless host alike. */
export function createAppRouter(): Router {
  const router = createRouter({ history: createWebHashHistory(), routes });
  router.beforeEach((to) => {
    const session = useSession();
    if (!session.workspace && to.meta.alone !== true) return { name: 'sign-in' };
    return true;
  });
  return router;
}
