import { ChartColumn, Download, RefreshCw, Settings, SquareTerminal } from '@lucide/vue';
import type { Component } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import type { DocumentLink } from '@shared/system/document-link';
import type { Found } from '../../search/describe';
import { doctypeIcon } from '../doctype-icon';

export type PaletteItem = {
  id: string;
  group: 'lately' | 'documents' | 'doctypes' | 'server' | 'actions';
  icon: Component;
  title: string;
  detail: string;
  run: { to: RouteLocationRaw } | { link: DocumentLink } | { command: 'sync-now' | 'work-offline' | 'work-online' | 'look-on-server' };
};

/** A document that is gone to. `details`: in words. */
export const documentItem = (found: Found, group: 'lately' | 'documents' | 'server', details: string): PaletteItem => ({
  id: `${group}:${found.doctype}:${found.name}`,
  group,
  icon: doctypeIcon(found.doctype),
  title: found.title,
  detail: [found.doctype, details].filter(Boolean).join(' · '),
  run: { to: { name: 'document', params: { doctype: found.doctype, name: found.name } } },
});

/** Screens that can be gone to by name; labels are message keys. */
export const places = [
  { name: 'get-ready', label: 'shell.getReady', icon: Download },
  { name: 'sync', label: 'shell.syncCentre', icon: RefreshCw },
  { name: 'settings', label: 'shell.settings', icon: Settings },
  { name: 'console', label: 'console.title', icon: SquareTerminal },
  { name: 'api-use', label: 'apiUse.title', icon: ChartColumn },
] as const;

/** Does every word of `text` begin a word of `title`, whatever the case? */
export function matchesWords(title: string, text: string): boolean {
  const words = title.toLowerCase().split(/[\s/-]+/);
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}
