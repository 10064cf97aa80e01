import {
  ArrowLeftRight,
  Banknote,
  BookOpen,
  ClipboardList,
  File,
  FileText,
  Package,
  Receipt,
  ShoppingCart,
  Truck,
  Users,
} from '@lucide/vue';
import type { Component } from 'vue';

const icons: ReadonlyMap<string, Component> = new Map<string, Component>([
  ['Customer', Users],
  ['Item', Package],
  ['Sales Order', ShoppingCart],
  ['Purchase Order', ClipboardList],
  ['Sales Invoice', Receipt],
  ['Purchase Invoice', FileText],
  ['Delivery Note', Truck],
  ['Stock Entry', ArrowLeftRight],
  ['Payment Entry', Banknote],
  ['Journal Entry', BookOpen],
]);

/** The icon of a DocType; one that is not among the common ones is a file. */
export const doctypeIcon = (doctype: string): Component => icons.get(doctype) ?? File;
