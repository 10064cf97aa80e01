import type { DocType } from '../erp/doctype';
import type { DocumentValues, FieldValue } from '../erp/document';
import { namedAfter, nameThatFollows } from '../erp/name-that-follows';
import type { CreateMarker } from './outbox-entry';

/** The custom field that marks a create exactly on sites that have it: unique, hidden, read-only, not copied. */
export const markerField = 'fieldbook_id';

/**
 * How a create will be found again if its answer is lost: by a unique field where the DocType has one of ours; by its
 * name where the name follows from what is sent; by a negative `idx` where the setting allows it; otherwise by looking
 * for its like. `id` is the entry's UUID: the same entry gets the same marker, also on another device or after a restore.
 */
export function chooseMarker(
  doctype: DocType | undefined,
  values: DocumentValues,
  options: { id: string; allowIdx: boolean },
): CreateMarker {
  if (doctype !== undefined && hasMarkerField(doctype)) return { by: 'unique-field', fieldname: markerField, value: options.id };
  const name = nameThatFollows(doctype, values);
  if (name !== null) return { by: 'name', name };
  return options.allowIdx ? { by: 'idx', idx: negativeIdx(options.id) } : { by: 'look-up' };
}

/** Does its documents' exact mark depend on the field? Not where their name tells them apart, and rows and Singles are never created. */
export const needsMarkerField = (doctype: DocType): boolean =>
  doctype.issingle !== 1 && doctype.istable !== 1 && namedAfter(doctype) === null;

export const hasMarkerField = (doctype: DocType): boolean =>
  doctype.fields.some(({ fieldname, unique }) => fieldname === markerField && unique === 1);

/** The Custom Field that gives a DocType the marker: seen by nobody, typed by nobody, and not taken over by a copy. */
export const markerCustomField = (doctype: string): Record<string, FieldValue> => ({
  dt: doctype,
  fieldname: markerField,
  label: 'Fieldbook ID',
  fieldtype: 'Data',
  unique: 1,
  hidden: 1,
  read_only: 1,
  no_copy: 1,
});

/**
 * 30 bits of a random UUID, negative: link search ranks by `idx` descending, so that such a document is never put first.
 */
export const negativeIdx = (uuid: string): number => -(1 + (Number.parseInt(uuid.slice(0, 8), 16) % (2 ** 30 - 1)));

/** What the marker adds to the body of the create. */
export function markerValues(marker: CreateMarker): Record<string, FieldValue> {
  switch (marker.by) {
    case 'unique-field':
      return { [marker.fieldname]: marker.value };
    case 'idx':
      return { idx: marker.idx };
    default:
      return {};
  }
}

/** How long a server may go on working after the client gave up. */
export const lateMs = 150_000;

/**
 * May "not there" be believed? Only when it was seen at least 150 s after the attempt: by this device's clock, and by
 * the server's own if it told the time of the first look, since a clock may jump.
 */
export function notThereCounts(attempt: { since: number; lookedAt?: string }, now: number, serverDate: string | null): boolean {
  if (now - attempt.since < lateMs) return false;
  if (serverDate === null) return true;
  if (attempt.lookedAt === undefined) return false;
  const passed = Date.parse(serverDate) - Date.parse(attempt.lookedAt);
  return Number.isNaN(passed) || passed >= lateMs;
}
