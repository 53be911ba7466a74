import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalInstant } from './canonical-instant.ts';

test.each([
  ['2011-05-13T04:42:34Z', '2011-05-13T04:42:34'],
  ['2011-05-13T04:42:34', '2011-05-13T04:42:34'],
  ['2011-05-13T06:42:34.500+02:00', '2011-05-13T04:42:34.5'],
  ['2011-05-13T04:42:34.000Z', '2011-05-13T04:42:34'],
  ['2011-05-13T04:42:34.12345678901234567890Z', '2011-05-13T04:42:34.1234567890123456789'],
  ['2011-12-31T23:30:00-14:00', '2012-01-01T13:30:00'],
  ['2011-12-31T24:00:00Z', '2012-01-01T00:00:00'],
  ['2011-12-31T24:00:00.00+05:30', '2011-12-31T18:30:00'],
  ['2012-02-29T00:00:00Z', '2012-02-29T00:00:00'],
  ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00'],
  ['9999-12-31T23:59:59.9Z', '9999-12-31T23:59:59.9'],
])('%s is the instant %s', (text, instant) => {
  expect(canonicalInstant(text)).toBe(instant);
});

test.each([
  '',
  '2011-05-13',
  '04:42:34Z',
  '2011-05-13 04:42:34Z',
  '2011-05-13t04:42:34Z',
  '2011-05-13T04:42:34z',
  '2011-05-13T04:42Z',
  '2011-05-13T04:42:34.Z',
  '2011-05-13T04:42:34,5Z',
  '2011-05-13T04:42:34+2:00',
  '2011-05-13T04:42:34+0200',
  '2011-05-13T04:42:34+14:01',
  '2011-05-13T04:42:34 02:00',
  '2011-05-13T04:42:34Z ',
  '2011-05-13T04:42:60Z',
  '2011-05-13T04:60:00Z',
  '2011-05-13T24:00:01Z',
  '2011-05-13T24:00:00.1Z',
  '2011-05-13T25:00:00Z',
  '2011-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2011-04-31T00:00:00Z',
  '2011-13-01T00:00:00Z',
  '2011-00-01T00:00:00Z',
  '2011-01-00T00:00:00Z',
  '12011-05-13T04:42:34Z',
  '-2011-05-13T04:42:34Z',
  '9999-12-31T23:59:59-00:01',
  '0000-01-01T00:00:00+00:01',
  '２011-05-13T04:42:34Z',
])('%s is no instant', (text) => {
  expect(canonicalInstant(text)).toBeUndefined();
});

test('instants stand in the order of their texts, whatever their offset', () => {
  const instant = fc.record({
    milliseconds: fc.integer({ min: Date.UTC(1900), max: Date.UTC(2100) }),
    offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
  });
  const show = ({ milliseconds, offset }: { milliseconds: number; offset: number }): string => {
    const local = new Date(milliseconds + offset * 60_000).toISOString().slice(0, -1);
    const minutes = Math.abs(offset);
    const pair = (value: number) => String(value).padStart(2, '0');
    return `${local}${offset < 0 ? '-' : '+'}${pair(Math.floor(minutes / 60))}:${pair(minutes % 60)}`;
  };
  fc.assert(
    fc.property(instant, instant, (left, right) => {
      const [a = '?', b = '?'] = [canonicalInstant(show(left)), canonicalInstant(show(right))];
      expect(Math.sign(left.milliseconds - right.milliseconds)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
