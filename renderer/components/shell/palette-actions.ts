import { Download, RefreshCw, Settings } from '@lucide/vue';
import type { Component } from 'vue';
import type { RouteLocationRaw } from 'vue-router';

export type PaletteItem = {
  id: string;
  group: 'documents' | 'doctypes' | 'server' | 'actions';
  icon: Component;
  title: string;
  detail: string;
  run: { to: RouteLocationRaw } | { command: 'sync-now' | 'work-offline' | 'work-online' | 'look-on-server' };
};

/** Screens that can be gone to by name; labels are message keys. */
export const places = [
  { name: 'get-ready', label: 'shell.getReady', icon: Download },
  { name: 'sync', label: 'shell.syncCentre', icon: RefreshCw },
  { name: 'settings', label: 'shell.settings', icon: Settings },
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
