import { isRecord, parseEnvelope } from '../erp/envelope';

/** A place on earth in degrees. */
export type Place = { latitude: number; longitude: number };

/** What a Geolocation field holds. `shapes`: more than one point, or lines and areas, which only a map can edit. */
export type Geolocation =
  { kind: 'none' } | { kind: 'point'; place: Place } | { kind: 'shapes'; count: number; points: Place[] } | { kind: 'unreadable' };

/**
 * Reads the GeoJSON text (a FeatureCollection) that Frappe's map stores; its positions are longitude first.
 * @param text the field's value; empty is no place
 */
export function readGeolocation(text: string): Geolocation {
  if (text.trim() === '') return { kind: 'none' };
  const features = featuresOf(parseEnvelope(text));
  if (features === null) return { kind: 'unreadable' };
  if (features.length === 0) return { kind: 'none' };
  const points = features.flatMap((feature) => pointOf(feature) ?? []);
  const [only] = points;
  if (features.length === 1 && only !== undefined) return { kind: 'point', place: only };
  return { kind: 'shapes', count: features.length, points };
}

/** GeoJSON text of one point, as Frappe's map stores it. What `before` knew of its one point besides the place is kept. */
export function writePlace({ latitude, longitude }: Place, before = ''): string {
  const [feature] = featuresOf(parseEnvelope(before)) ?? [];
  const properties = isRecord(feature) && isRecord(feature['properties']) ? feature['properties'] : {};
  return JSON.stringify({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [longitude, latitude] } }],
  });
}

/** Is this a place: latitude from -90 to 90, longitude from -180 to 180? */
export const isPlace = ({ latitude, longitude }: Place): boolean => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

function featuresOf(value: unknown): unknown[] | null {
  if (!isRecord(value)) return null;
  if (value['type'] === 'Feature') return [value];
  return value['type'] === 'FeatureCollection' && Array.isArray(value['features']) ? value['features'] : null;
}

function pointOf(feature: unknown): Place | null {
  const geometry = isRecord(feature) ? feature['geometry'] : null;
  if (!isRecord(geometry) || geometry['type'] !== 'Point' || !Array.isArray(geometry['coordinates'])) return null;
  const coordinates: unknown[] = geometry['coordinates'];
  const [longitude, latitude] = coordinates;
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null;
}
