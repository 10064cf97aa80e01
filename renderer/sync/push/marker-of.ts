import type { DocTypeBundle } from '@shared/erp/doctype';
import { chooseMarker } from '@shared/sync/marker';
import type { CreateMarker, OutboxEntry } from '@shared/sync/outbox-entry';
import type { Site } from '../site';

/** The marker that a create has, or gets; null for what is no create. */
export const markerOf = (site: Site, { id, marker, operation }: OutboxEntry, bundle: DocTypeBundle | undefined): CreateMarker | null =>
  operation.kind === 'create' && marker === null
    ? chooseMarker(bundle?.doctype, operation.values, { id, allowIdx: site.facts.allowIdxMarker })
    : marker;
