import { createRouter, createWebHashHistory } from 'vue-router';
import type { RouteRecordRaw, Router } from 'vue-router';
import { AppError } from '@shared/errors';
import { i18n } from './messages/i18n';
import { useProblems } from './stores/problems';
import { useSession } from './stores/session';

declare module 'vue-router' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be added to
  interface RouteMeta {
    /** Shown without the shell and without an account. */
    alone?: boolean;
  }
}

/** A page that cannot be loaded says so: links and the back button would else do nothing. */
const page =
  <T>(load: () => Promise<T>) =>
  (): Promise<T> =>
    load().catch((cause: unknown) => {
      throw new AppError('internal', i18n.global.t('errors.pageNotLoaded'), {}, { cause });
    });

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: page(() => import('./views/sign-in/SignInView.vue')), meta: { alone: true } },
  { path: '/', name: 'home', component: page(() => import('./views/home/HomeView.vue')) },
  { path: '/get-ready', name: 'get-ready', component: page(() => import('./views/get-ready/GetReadyView.vue')) },
  { path: '/list/:doctype', name: 'list', component: page(() => import('./views/list/ListView.vue')), props: true },
  // `field` names the field to go to, e.g. the one that the server refused.
  {
    path: '/document/:doctype/:name',
    name: 'document',
    component: page(() => import('./views/document/DocumentView.vue')),
    props: (route) => ({ doctype: route.params['doctype'], name: route.params['name'], field: route.query['field'] ?? null }),
  },
  {
    path: '/print/:doctype/:name',
    name: 'print',
    component: page(() => import('./views/print/PrintView.vue')),
    props: true,
  },
  {
    path: '/new/:doctype',
    name: 'new',
    component: page(() => import('./views/document/DocumentView.vue')),
    props: (route) => ({ doctype: route.params['doctype'], name: null, field: null }),
  },
  {
    path: '/sync/:tab(waiting|needs-you|done|connection)?',
    name: 'sync',
    component: page(() => import('./views/sync/SyncView.vue')),
    props: true,
  },
  { path: '/settings', name: 'settings', component: page(() => import('./views/settings/SettingsView.vue')) },
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
  router.onError(useProblems().report);
  return router;
}
