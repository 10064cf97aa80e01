import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlace, readGeolocation, writePlace } from '@shared/form/geolocation';

const desk =
  '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Depot"},"geometry":{"type":"Point","coordinates":[72.880838,19.082058]}}]}';

describe('places as the desk stores them', () => {
  test('a point is read latitude first, though GeoJSON has longitude first', () => {
    expect(readGeolocation(desk)).toEqual({ kind: 'point', place: { latitude: 19.082058, longitude: 72.880838 } });
  });

  test('moving a point keeps what else is known of it', () => {
    const moved = writePlace({ latitude: 20, longitude: 73 }, desk);
    expect(JSON.parse(moved)).toEqual(JSON.parse(desk.replace('72.880838,19.082058', '73,20')));
  });

  test('several shapes are counted, and those that are points are told', () => {
    const line = '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}';
    expect(readGeolocation(desk.replace(']}}]}', `]}},${line}]}`))).toEqual({
      kind: 'shapes',
      count: 2,
      points: [{ latitude: 19.082058, longitude: 72.880838 }],
    });
    expect(readGeolocation(`{"type":"FeatureCollection","features":[${line}]}`)).toEqual({ kind: 'shapes', count: 1, points: [] });
  });

  test.each(['', '  ', '{"type":"FeatureCollection","features":[]}'])('%j is no place', (text) => {
    expect(readGeolocation(text)).toEqual({ kind: 'none' });
  });

  test.each(['19.08, 72.88', '[]', 'null', '{"type":"Polygon"}', '{"features":3,"type":"FeatureCollection"}'])(
    '%j cannot be read',
    (text) => {
      expect(readGeolocation(text)).toEqual({ kind: 'unreadable' });
    },
  );

  test('what is written is read again as the same place', () => {
    const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true }).map((value) => (value === 0 ? 0 : value));
    fc.assert(
      fc.property(degrees(90), degrees(180), fc.string(), (latitude, longitude, before) => {
        expect(readGeolocation(writePlace({ latitude, longitude }, before))).toEqual({ kind: 'point', place: { latitude, longitude } });
      }),
    );
  });

  test('a place is on the globe', () => {
    expect(isPlace({ latitude: 90, longitude: -180 })).toBe(true);
    expect(isPlace({ latitude: 90.1, longitude: 0 })).toBe(false);
    expect(isPlace({ latitude: Number.NaN, longitude: 0 })).toBe(false);
  });
});
