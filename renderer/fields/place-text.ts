import { readGeolocation } from '@shared/form/geolocation';
import type { Place } from '@shared/form/geolocation';
import { i18n } from '../messages/i18n';

const written = ({ latitude, longitude }: Place): string => `${latitude}, ${longitude}`;

/** What a Geolocation field holds, in words: latitude and longitude; of shapes how many, and their points a line each. */
export function placeText(text: string): string {
  const held = readGeolocation(text);
  if (held.kind === 'point') return written(held.place);
  if (held.kind === 'shapes') return [i18n.global.t('document.fields.shapes', { n: held.count }), ...held.points.map(written)].join('\n');
  return held.kind === 'none' ? '' : text;
}
