import { parseDateTime } from '../values/date-time.ts';

/**
 * The instant of an xsd:dateTime as a text in UTC, without zeros at the end of the fraction: `2011-05-13T04:42:34.5`. Two
 * of them are the same instant when they are the same text, and stand in the order of time when they stand in the order
 * of code points, so that a database can compare them as they are. Undefined where `parseDateTime` knows no instant, or
 * one outside the years 0 to 9999.
 *
 * @example canonicalInstant('2011-05-13T06:42:34.500+02:00') // '2011-05-13T04:42:34.5'
 */
export function canonicalInstant(text: string): string | undefined {
  const instant = parseDateTime(text);
  if (instant === undefined) return undefined;
  const whole = new Date(instant.epochSeconds * 1000).toISOString();
  // Years beyond four digits are written with a sign, which would break the order.
  if (whole.length !== '2011-05-13T04:42:34.000Z'.length) return undefined;
  const seconds = whole.slice(0, -'.000Z'.length);
  return instant.fraction === '' ? seconds : `${seconds}.${instant.fraction}`;
}
