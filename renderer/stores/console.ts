import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { parseEnvelope, payloadOf } from '@shared/erp/envelope';
import { AppError, type ServerMessage } from '@shared/errors';
import { parseArgs } from '@shared/console/parse-args';
import { parseTarget, targetText } from '@shared/console/parse-target';
import type { RunTarget } from '@shared/bridge/erp';
import { forgetCalls, noteCall, readConsole } from '../cache/console-history';
import type { ConsoleCall } from '../cache/console-history';
import { useSession, useWorkspace } from './session';
import { useLive } from './use-live';

export type Http = ConsoleCall['http'];
export type ConsoleAnswer = { payload: unknown; bytes: number; ms: number; messages: ServerMessage[] };

/** What is to be called, whole; what stands in the path's query comes before what is typed as arguments. */
export type Ready = { http: Http; target: RunTarget; args: Record<string, unknown> };

/** One call at a time of whatever the API offers. */
export function useConsole() {
  const session = useSession();
  const { cache, accountId } = useWorkspace();
  const http = ref<Http>('GET');
  const path = ref('');
  const argsText = ref('');
  const running = shallowRef<AbortController | null>(null);
  const answer = shallowRef<ConsoleAnswer | null>(null);
  const error = shallowRef<AppError | null>(null);
  const cancelled = ref<Http | null>(null);
  const history = useLive(() => readConsole(cache), { initial: [] });

  const site = computed(() => session.account?.siteUrl ?? '');
  const target = computed(() => parseTarget(path.value, site.value));
  const args = computed(() => parseArgs(argsText.value));
  const ready = computed((): Ready | null => {
    const [to, typed] = [target.value, args.value];
    if ('problem' in to || 'problem' in typed || (http.value === 'POST' && !('method' in to.target))) return null;
    return { http: http.value, target: to.target, args: { ...to.args, ...typed.args } };
  });

  async function run(call: Ready): Promise<void> {
    if (running.value !== null) return;
    const controller = new AbortController();
    running.value = controller;
    [answer.value, error.value, cancelled.value] = [null, null, null];
    let ended: ConsoleCall['ended'] = 'failed';
    try {
      const { text, ...told } = await session.bridge.erp.run({ account: accountId, ...call }, { signal: controller.signal });
      answer.value = { ...told, payload: payloadIn(text) };
      ended = 'answered';
    } catch (thrown) {
      const failed = AppError.from(thrown);
      if (failed.code === 'cancelled') [cancelled.value, ended] = [call.http, 'cancelled'];
      else error.value = failed;
    } finally {
      running.value = null;
      await noteCall(cache, { http: call.http, path: targetText(call.target), args: call.args, at: Date.now(), ended });
    }
  }

  function use(call: ConsoleCall): void {
    http.value = call.http;
    path.value = call.path;
    argsText.value = Object.keys(call.args).length === 0 ? '' : JSON.stringify(call.args, null, 2);
  }

  onScopeDispose(() => running.value?.abort());

  return {
    http,
    path,
    argsText,
    site,
    target,
    args,
    ready,
    running,
    answer,
    error,
    cancelled,
    history,
    run,
    use,
    cancel: (): void => running.value?.abort(),
    forget: (): Promise<void> => forgetCalls(cache),
  };
}

/** What an answer carries; a method that fills the whole answer itself carries all of it. */
function payloadIn(text: string): unknown {
  const envelope = parseEnvelope(text);
  if (envelope === null) return null;
  const payload = payloadOf(envelope);
  if (payload !== undefined) return payload;
  const rest = Object.entries(envelope).filter(([key]) => !key.startsWith('_server_'));
  return rest.length === 0 ? null : Object.fromEntries(rest);
}
