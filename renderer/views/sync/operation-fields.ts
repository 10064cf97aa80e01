import type { Operation } from '@shared/sync/outbox-entry';

/** The fields of the document that an update touches, tables once each; empty for anything but an update. */
export function fieldsTouched(operation: Operation): string[] {
  if (operation.kind !== 'update') return [];
  return [...Object.keys(operation.changes.fields), ...Object.keys(operation.changes.tables)];
}
