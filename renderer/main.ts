import './zod-jitless';
import './theme/style-sheets';
import { provideGlobalConfig } from 'element-plus';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { AppError } from '@shared/errors';
import App from './App.vue';
import StartFailed from './StartFailed.vue';
import { connectWindow } from './bridge/window';
import { globalConfig } from './theme/global-config';
import { i18n } from './messages/i18n';
import { createAppRouter } from './router';
import { useLiveSite } from './stores/live';
import { usePreferences } from './stores/preferences';
import { useProblems } from './stores/problems';
import { useSession } from './stores/session';

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(i18n);
  provideGlobalConfig(globalConfig, app, true);
  const problems = useProblems();
  app.config.errorHandler = problems.report;
  window.addEventListener('unhandledrejection', (event) => problems.report(event.reason));

  // Without it the browser may evict the outbox when the disk runs low.
  void navigator.storage.persist();

  const session = useSession();
  await session.start(await connectWindow());
  await usePreferences().start();
  void useLiveSite().start();
  app.use(createAppRouter()).mount('#app');
}

start().catch((thrown: unknown) => {
  createApp(StartFailed, { error: AppError.from(thrown) })
    .use(i18n)
    .mount('#app');
});
