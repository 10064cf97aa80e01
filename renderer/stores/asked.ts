import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Router } from 'vue-router';
import type { Asked, Place } from '@shared/bridge/system';
import type { DocumentLink } from '@shared/system/document-link';
import { linkTarget, linkedDocType } from '@shared/system/link-target';
import type { LinkTarget } from '@shared/system/link-target';
import { listDocTypes } from '../cache/doctypes';
import { useProblems } from './problems';
import { useProfile } from './profile';
import { useSession } from './session';
import { useSync } from './sync';
import { signInAgainAt } from './use-sign-in-again';

/** Why a link could not be opened. */
export type LinkTrouble = Extract<LinkTarget, { missing: unknown }> | { missing: 'meaning' };

type Command = Extract<Asked, { kind: 'command' }>['command'];

/** What the system asks of the window: links, menus, notifications, files. Only `follow` of the app's own root reads it. */
export const useAsked = defineStore('asked', () => {
  const session = useSession();
  const problems = useProblems();
  const trouble = shallowRef<LinkTrouble | null>(null);
  /** A file of unsent work that was opened with the app, until the import has it. */
  const workFile = shallowRef<{ handle: string; fileName: string } | null>(null);
  /** Grows each time that the search is asked for. */
  const searches = ref(0);
  let router: Router | null = null;

  /** Begins to take what is asked, what was asked before the window was there first. */
  async function follow(on: Router): Promise<void> {
    router = on;
    session.connection?.on('asked', () => void takeAll());
    await takeAll();
  }

  async function takeAll(): Promise<void> {
    try {
      for (const asked of await session.bridge.system.take({})) await answer(asked);
    } catch (thrown) {
      problems.report(thrown);
    }
  }

  async function answer(asked: Asked): Promise<void> {
    switch (asked.kind) {
      case 'link':
        return openLink(asked.link);
      case 'no-link':
        trouble.value = { missing: 'meaning' };
        return;
      case 'new':
        return go({ name: 'new', params: { doctype: asked.doctype } });
      case 'work-file':
        workFile.value = { handle: asked.handle, fileName: asked.fileName };
        return go({ name: 'sync', params: { tab: 'connection' } });
      case 'place':
        return go(placeRoute(asked.place));
      case 'command':
        return run(asked.command);
    }
  }

  /** Shows what a link names, in the account that it is for; says why where that cannot be. */
  async function openLink(link: DocumentLink): Promise<void> {
    const target = linkTarget(link, session.accounts.accounts, session.accounts.active);
    if ('missing' in target) {
      trouble.value = target;
      return;
    }
    trouble.value = null;
    if (target.account !== session.accounts.active) await session.activate(target.account);
    await go(await linkRoute(link));
  }

  /** Of the account in use. */
  async function linkRoute({ doctype: meant, show }: DocumentLink) {
    const known = session.cache === null ? [] : await listDocTypes(session.cache);
    const doctype = linkedDocType(meant, [...useProfile().entries.map((entry) => entry.doctype), ...known]);
    if (show.at === 'document') return { name: 'document', params: { doctype, name: show.name } };
    return { name: show.at, params: { doctype } };
  }

  function placeRoute(place: Place) {
    if (place === 'needs-you' || place === 'waiting') return { name: 'sync', params: { tab: place } };
    return place === 'sign-in' ? signInAgainAt(session.account?.id ?? '', router?.currentRoute.value.fullPath ?? '/') : { name: place };
  }

  async function run(command: Command): Promise<void> {
    const sync = useSync();
    if (command === 'sync-now') return sync.send({ kind: 'sync-now' });
    if (command === 'work-offline' || command === 'work-online') return sync.workOffline(command === 'work-offline');
    if (command === 'search') return void (searches.value += 1);
    if (command === 'print') return printShown();
    return command === 'back' ? router?.back() : router?.forward();
  }

  /** As Ctrl+P in the page does: a document is laid out on paper, and what is laid out is printed. */
  async function printShown(): Promise<void> {
    const route = router?.currentRoute.value;
    if (route?.name === 'document') return go({ name: 'print', params: route.params });
    if (route?.name === 'print') window.print();
  }

  async function go(to: Parameters<Router['push']>[0]): Promise<void> {
    await router?.push(to);
  }

  return { trouble, workFile, searches, follow, openLink };
});
