import { describe, expect, test } from 'vitest';
import { checkDateFormat, compileDateParser } from './parse-date.ts';

describe('a date format', () => {
  test.each([
    ['YYYY-MM-DD HH:mm:ss', '2023-10-20 13:05:34', '2023-10-20T13:05:34+02:00'],
    ['YYYY-MM-DDTHH:mm:ss.SSSZ', '2023-10-20T13:05:34.012Z', '2023-10-20T13:05:34.012Z'],
    ['YYYYMMDDHHmmss', '20231020130534', '2023-10-20T13:05:34+02:00'],
    ['DD.MM.YYYY', '29.02.2024', '2024-02-29T00:00:00+02:00'],
    ['D.M.YY', '1.2.68', '2068-02-01T00:00:00+02:00'],
    ['DD/MM/YY', '01/02/69', '1969-02-01T00:00:00+02:00'],
    ['M/D/YYYY h:mm A', '1/2/2023 12:05 am', '2023-01-02T00:05:00+02:00'],
    ['M/D/YYYY h:mm A', '11/12/2023 12:05 PM', '2023-11-12T12:05:00+02:00'],
    ['MM/DD/YYYY hh:mm:ss A', '01/02/2023 01:05:09 PM', '2023-01-02T13:05:09+02:00'],
    ['D MMM YYYY H:mm', '3 mar 2023 7:05', '2023-03-03T07:05:00+02:00'],
    ['DD-MMM-YY', '03-DEC-23', '2023-12-03T00:00:00+02:00'],
    ['YYYY-MM-DD HH:mm:ss Z', '2023-10-20 13:05:34 -01:00', '2023-10-20T13:05:34-01:00'],
    ['YYYY-MM-DD HH:mm:ss ZZ', '2023-10-20 13:05:34 -0130', '2023-10-20T13:05:34-01:30'],
    ['YYYY-MM-DD HH:mm:ss ZZ', '2023-10-20 13:05:34 Z', '2023-10-20T13:05:34Z'],
    ['[on] DD.MM.YYYY[ at ]HH[h]', 'on 20.10.2023 at 13h', '2023-10-20T13:00:00+02:00'],
  ])('%s reads %j as %s', (format, text, expected) => {
    expect(checkDateFormat(format)).toBeUndefined();
    expect(compileDateParser([format], '+02:00')(text)).toBe(expected);
  });

  test.each([
    ['DD.MM.YYYY', '31.02.2023'],
    ['DD.MM.YYYY', '1.02.2023'],
    ['DD.MM.YYYY', '01.02.2023 '],
    ['DD.MM.YYYY', '01.02.202'],
    ['D.M.YYYY', '001.2.2023'],
    ['D.M.YYYY', '.2.2023'],
    ['DD MMM YYYY', '01 Foo 2023'],
    ['DD MMM YYYY', '01 Ma'],
    ['YYYY-MM-DD hh:mm A', '2023-10-20 13:05 PM'],
    ['YYYY-MM-DD hh:mm A', '2023-10-20 00:05 AM'],
    ['YYYY-MM-DD hh:mm A', '2023-10-20 01:05 XM'],
    ['YYYY-MM-DD HH:mm:ss.SSS', '2023-10-20 13:05:34.12'],
    ['YYYY-MM-DD HH:mm:ss ZZ', '2023-10-20 13:05:34 +02:00'],
    ['YYYY-MM-DD HH:mm:ss Z', '2023-10-20 13:05:34 +0200'],
    ['[on] DD.MM.YYYY', 'ON 01.02.2023'],
    ['YYYY-MM-DD', ''],
  ])('%s does not read %j', (format, text) => {
    expect(compileDateParser([format], undefined)(text)).toBeUndefined();
  });

  test.each([
    ['', 'it has no year.'],
    ['YYYY-MM', 'it has no day.'],
    ['yyyy-MM-DD', '"yyyy" is not known. Did you mean YYYY?'],
    ['YYYY-MM-dd', '"dd" is not known. Did you mean DD?'],
    ['DD.MM.YYYY um HH:mm', '"u" is not known. Put literal text in brackets: [u].'],
    ['[on DD.MM.YYYY', 'the bracket [ is not closed.'],
    ['YYYY-MM-DD HH:MM', 'it gives the month twice (MM and MM).'],
    ['YYYYMD', 'M must not be followed by digits: its own end could not be told.'],
    ['D[1].MM.YYYY', 'D must not be followed by digits: its own end could not be told.'],
    ['YYYY-MM-DD hh:mm', 'hh is an hour of 1 to 12 and needs A (AM or PM); else write HH.'],
    ['YYYY-MM-DD HH:mm A', 'A (AM or PM) needs the hour as hh or h.'],
    ['YYYY-MM-DD mm', 'it has minutes (mm) and no hour (HH); MM is the month.'],
    ['YYYY-MM-DD HH:ss', 'it has seconds (ss) and no minutes (mm).'],
    ['YYYY-MM-DD HH:mm SSS', 'it has a fraction (SSS) and no seconds (ss).'],
  ])('%j is refused: %s', (format, problem) => {
    expect(checkDateFormat(format)).toBe(problem);
    expect(() => compileDateParser([format], undefined)).toThrow(
      `The date format "${format}" is not usable: ${problem}`,
    );
  });
});
