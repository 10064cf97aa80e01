import type { MenuItemConstructorOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import { nativeWords as words } from '@shared/system/native-words';
import { parseFieldbookLink } from '@shared/system/document-link';
import { appMenu } from '../../electron/host/app-menu';
import { contextMenu } from '../../electron/host/context-menu';
import { jumps } from '../../electron/host/jump-list';
import { trayMenu, trayTip } from '../../electron/host/tray-menu';
import { told } from '../support/told';

type Item = MenuItemConstructorOptions;

const actions = () => ({ show: vi.fn(), quit: vi.fn(), ask: vi.fn() });
const allOf = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allOf(item.submenu) : [])]);
const labels = (items: readonly Item[]) => items.flatMap(({ label, role }) => label ?? role ?? []);
/** As a person chooses it; what `click` is given is Electron's, and nobody's here. */
const click = (items: readonly Item[], label: string): void => {
  const found = allOf(items).find((item) => item.label === label);
  if (found?.click === undefined || found.enabled === false) throw new Error(`${label} cannot be chosen.`);
  (found.click as () => void)();
};
const state = { workOffline: false, printable: true, creatable: ['Sales Order', 'Customer'] };

it('the menu bar asks the window for what it offers', () => {
  const done = actions();
  const menu = appMenu('linux', state, words, done);
  for (const label of ['Customer', 'Search…', 'Sync now', 'Work offline', 'Print…', 'Get ready']) click(menu, label);
  expect(done.ask.mock.calls.map(([asked]) => asked)).toEqual([
    { kind: 'new', doctype: 'Customer' },
    { kind: 'command', command: 'search' },
    { kind: 'command', command: 'sync-now' },
    { kind: 'command', command: 'work-offline' },
    { kind: 'command', command: 'print' },
    { kind: 'place', place: 'get-ready' },
  ]);
});

it('each key of the menu bar is used once, on every platform', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    const keys = allOf(appMenu(platform, state, words, actions())).flatMap(({ accelerator }) => accelerator ?? []);
    expect(keys.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

it('quitting and settings are where each platform has them', () => {
  const menuOf = (platform: NodeJS.Platform, label: string) => {
    const menus = appMenu(platform, state, words, actions());
    return menus.find(({ submenu }) => Array.isArray(submenu) && submenu.some((item) => item.label === label))?.label;
  };
  expect(menuOf('darwin', 'Quit Fieldbook')).toBe('Fieldbook');
  expect(menuOf('darwin', 'Settings…')).toBe('Fieldbook');
  expect(menuOf('win32', 'Quit Fieldbook')).toBe('&File');
  expect(menuOf('linux', 'Settings…')).toBe('&File');
});

it('what needs an account or a document cannot be chosen without', () => {
  const without = allOf(appMenu('linux', null, words, actions()));
  const off = without.filter(({ enabled }) => enabled === false).map(({ label }) => label);
  expect(off).toEqual(expect.arrayContaining(['New', 'Search…', 'Sync now', 'Work offline', 'Print…', 'Settings…', 'Home']));
  expect(without.find(({ label }) => label === 'Quit Fieldbook')?.enabled).not.toBe(false);
  expect(allOf(appMenu('linux', { ...state, printable: false }, words, actions())).find(({ label }) => label === 'Print…')?.enabled).toBe(
    false,
  );
});

it('the tray says the pill’s words, and opens what they speak of', () => {
  const done = actions();
  const now = told({ pill: 'needs-you', tone: 'warn', text: '1 needs you', needsYou: 1, workOffline: true });
  const menu = trayMenu(now, words, done);
  expect(labels(menu)).toEqual(['1 needs you', 'Open Fieldbook', 'Sync now', 'Work offline', 'Quit Fieldbook']);
  expect(trayTip(now, words)).toBe('Fieldbook: 1 needs you');
  expect(menu.find(({ label }) => label === 'Work offline')).toMatchObject({ type: 'checkbox', checked: true });
  click(menu, '1 needs you');
  click(menu, 'Work offline');
  expect(done.ask.mock.calls).toEqual([[{ kind: 'place', place: 'needs-you' }], [{ kind: 'command', command: 'work-online' }]]);
});

it('the tray of nobody only opens and quits', () => {
  const done = actions();
  const menu = trayMenu(told({ account: null }), words, done);
  expect(trayTip(told({ account: null }), words)).toBe('Fieldbook');
  expect(labels(menu.filter(({ enabled }) => enabled !== false))).toEqual(['Open Fieldbook', 'Quit Fieldbook']);
  click(menu, 'Open Fieldbook');
  click(menu, 'Quit Fieldbook');
  expect(done.show).toHaveBeenCalledOnce();
  expect(done.quit).toHaveBeenCalledOnce();
});

it('the lists behind the icon hold links that this app reads', () => {
  const { recent, tasks } = jumps(told(), words);
  expect(recent.map(({ title }) => title)).toEqual(['Customer: Grant & Söhne']);
  expect(tasks.map(({ title }) => title)).toEqual(['New Sales Order']);
  expect(parseFieldbookLink(recent[0]?.link ?? '')).toMatchObject({ doctype: { name: 'Customer' }, show: { at: 'document', name: 'C-1' } });
  expect(parseFieldbookLink(tasks[0]?.link ?? '')).toMatchObject({ doctype: { name: 'Sales Order' }, show: { at: 'new' } });
  // A quote would end the argument on the command line of Windows.
  expect(jumps(told({ recent: [{ doctype: 'Item', name: 'a" --inspect "b', title: 'x' }] }), words).recent[0]?.link).not.toContain('"');
  expect(jumps(told({ site: null }), words)).toEqual({ recent: [], tasks: [] });
});

const flags = {
  canUndo: true,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canSelectAll: true,
  canDelete: true,
  canEditRichly: false,
};
const clicked = {
  isEditable: true,
  misspelledWord: '',
  dictionarySuggestions: [] as string[],
  editFlags: flags,
  selectionText: '',
  linkURL: '',
};

it('a right click on a misspelt word offers corrections and to learn it', () => {
  const done = { replace: vi.fn(), learn: vi.fn(), copy: vi.fn() };
  const menu = contextMenu({ ...clicked, misspelledWord: 'delivry', dictionarySuggestions: ['delivery', 'deliver'] }, words, done);
  expect(labels(menu).slice(0, 3)).toEqual(['delivery', 'deliver', 'Add to the dictionary']);
  click(menu, 'delivery');
  click(menu, 'Add to the dictionary');
  expect(done.replace).toHaveBeenCalledWith('delivery');
  expect(done.learn).toHaveBeenCalledWith('delivry');
  expect(labels(contextMenu({ ...clicked, misspelledWord: 'xqz' }, words, done))).toContain('No suggestions');
});

it('a right click elsewhere offers what the clipboard can do there, and nothing where it can do nothing', () => {
  const done = { replace: vi.fn(), learn: vi.fn(), copy: vi.fn() };
  expect(labels(contextMenu(clicked, words, done))).toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']);
  const page = { ...clicked, isEditable: false };
  expect(contextMenu(page, words, done)).toEqual([]);
  expect(labels(contextMenu({ ...page, selectionText: 'SO-0001' }, words, done))).toEqual(['copy']);
  click(contextMenu({ ...page, linkURL: 'https://example.com/x' }, words, done), 'Copy address');
  expect(done.copy).toHaveBeenCalledWith('https://example.com/x');
  expect(contextMenu({ ...page, linkURL: 'app://fieldbook/#/settings' }, words, done)).toEqual([]);
});
