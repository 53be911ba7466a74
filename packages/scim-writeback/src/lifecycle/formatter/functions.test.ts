import { describe, expect, test } from 'vitest';
import { applyTransformers } from './apply-transformers.ts';
import { functionNamed, functionNames } from './functions.ts';

const locations = {
  columns: ['location_code', 'city', 'country'],
  rows: [
    ['MN001', 'Minneapolis', 'US'],
    ['BE001', 'Berlin', 'DE'],
  ],
};

function formatted(formatter: string, attributes: object = {}): string | undefined {
  const transformer = { attribute: 'title', formatter };
  const context = { attributes: { ...attributes }, lookupTables: { locations } };
  return applyTransformers([transformer], context).attributes.title;
}

/** One row or more for each function: value, formatter with the attribute `x`, what comes out. */
const rows: readonly (readonly [name: string, value: string, formatter: string, result: string])[] = [
  ['APPEND', 'john.smith', '{x | APPEND, "@company.com"}', 'john.smith@company.com'],
  ['APPEND', 'John', '{x | APPEND, " " | APPEND, "{x | UPPER}"}', 'John JOHN'],
  ['PREPEND', '4711', '{x | PREPEND, "ext-"}', 'ext-4711'],
  ['ASCII', 'Łukasz Gruba', '{x | ASCII}', 'Lukasz Gruba'],
  ['ASCII', '', '{x | ASCII, "Łukasz Gruba"}', 'Lukasz Gruba'],
  ['ASCII', 'Zoë\u0007 Straße 你', '{x | ASCII}', 'Zoe Strasse '],
  ['REMOVE_DIACRITICS', 'Renée Łuk', '{x | REMOVE_DIACRITICS}', 'Renee Łuk'],
  ['LOWER', 'JANE Doe', '{x | LOWER}', 'jane doe'],
  ['UPPER', 'jane doe', '{x | UPPER}', 'JANE DOE'],
  ['TITLE_CASE', "jane DOE-smith o'hara", '{x | TITLE_CASE}', "Jane Doe-Smith O'hara"],
  ['SENTENCE_CASE', 'SENIOR Engineer', '{x | SENTENCE_CASE}', 'Senior engineer'],
  ['LOWER_CAMEL_CASE', 'Jane van Doe', '{x | LOWER_CAMEL_CASE}', 'janeVanDoe'],
  ['UPPER_CAMEL_CASE', 'jane van_doe', '{x | UPPER_CAMEL_CASE}', 'JaneVanDoe'],
  ['LOWER_SNAKE_CASE', 'Jane vanDoe', '{x | LOWER_SNAKE_CASE}', 'jane_van_doe'],
  ['UPPER_SNAKE_CASE', 'Jane Doe', '{x | UPPER_SNAKE_CASE}', 'JANE_DOE'],
  ['REMOVE_DOMAIN', 'jane@doe@example.com', '{x | REMOVE_DOMAIN}', 'jane@doe'],
  ['REMOVE_DOMAIN', 'jane', '{x | REMOVE_DOMAIN}', 'jane'],
  ['REMOVE_WHITESPACE', ' van  der\tBerg ', '{x | REMOVE_WHITESPACE}', 'vanderBerg'],
  ['TRIM', '  jane doe ', '{x | TRIM}', 'jane doe'],
  ['REPLACE_ALL', 'a-b-c', '{x | REPLACE_ALL, "-", "."}', 'a.b.c'],
  ['REPLACE_ALL', 'a.b', '{x | REPLACE_ALL, ".", ""}', 'ab'],
  ['REMOVE_CHARS', "o'hara-smith", `{x | REMOVE_CHARS, "'-"}`, 'oharasmith'],
  ['FIRST_N', 'world', '{x | FIRST_N, 4}', 'worl'],
  ['FIRST_N', '', '{FIRST_N, "world", 4}', 'worl'],
  ['FIRST_N', '\u{1F600}jane', '{x | FIRST_N, 1}', '\u{1F600}'],
  ['FIRST_N', 'ab', '{x | FIRST_N, 4}', 'ab'],
  ['LAST_N', '004711', '{x | LAST_N, 4}', '4711'],
  ['LAST_N', '004711', '{x | LAST_N, 0}', ''],
  ['SUBSTRING', 'abcdef', '{x | SUBSTRING, 1, 3}', 'bcd'],
  ['SUBSTRING', 'abcdef', '{x | SUBSTRING, 4}', 'ef'],
  ['LEFT_PAD', '47', '{x | LEFT_PAD, 5, "0"}', '00047'],
  ['LEFT_PAD', '471100', '{x | LEFT_PAD, 5, "0"}', '471100'],
  ['LEFT_PAD', '47', '{x | LEFT_PAD, 4}', '  47'],
  ['COUNTRY_CODE_ISO3166', 'US', '{x | COUNTRY_CODE_ISO3166, alpha3}', 'USA'],
  ['COUNTRY_CODE_ISO3166', '', '{COUNTRY_CODE_ISO3166, "US", alpha3}', 'USA'],
  ['COUNTRY_CODE_ISO3166', 'deu', '{x | COUNTRY_CODE_ISO3166}', 'DE'],
  ['COUNTRY_CODE_ISO3166', 'BR', '{x | COUNTRY_CODE_ISO3166, numeric}', '076'],
  ['DATE_FORMAT', '2026-03-09', '{x | DATE_FORMAT, "01/02/2006"}', '03/09/2026'],
  ['DATE_FORMAT', '2026-03-09T17:04:05Z', '{x | DATE_FORMAT, "Mon, 2 Jan 06 3:04 PM"}', 'Mon, 9 Mar 26 5:04 PM'],
  ['DATE_FORMAT', '09.03.2026', '{x | DATE_FORMAT, "2006-01-02", "02.01.2006"}', '2026-03-09'],
  ['DATE_FORMAT', '2026-03-09T17:04:05.250+05:30', '{x | DATE_FORMAT, "15:04:05.000 -0700"}', '17:04:05.250 +0530'],
  ['DATE_FORMAT', '2026-03-09T17:04:05.123456Z', '{x | DATE_FORMAT, "01/02/2006"}', '03/09/2026'],
  ['DATE_FORMAT', '2026-03-09 17:04:05,123456789123', '{x | DATE_FORMAT, "15:04:05.000000000"}', '17:04:05.123456789'],
  ['DATE_FORMAT', '17:04:05.5', '{x | DATE_FORMAT, "05.000", "15:04:05"}', '05.500'],
  ['DATE_FORMAT', 'March 9, 2026 at 12:30am', '{x | DATE_FORMAT, "15:04", "January 2, 2006 at 3:04pm"}', '00:30'],
  ['LOOKUP', 'BE001', '{x | LOOKUP, locations, location_code, city}', 'Berlin'],
  ['LOOKUP', 'MN001', '{x | LOOKUP locations, location_code, country}', 'US'],
  ['NEXT_NUMBER', 'jane', '{x}{| NEXT_NUMBER, 2, 1}', 'jane2'],
];

test.each(rows)('%s: %j in %s gives %j', (_, x, formatter, result) => {
  expect(formatted(formatter, { x })).toBe(result);
});

test('each function has such a row, and shows how it is used', () => {
  expect([...new Set(rows.map(([name]) => name))].sort()).toEqual(functionNames);
  for (const name of functionNames) expect(functionNamed(name)?.usage).toContain(name);
});

describe('what a function cannot do is refused, and the value is not told', () => {
  test.each([
    ['{x | COUNTRY_CODE_ISO3166}', 'COUNTRY_CODE_ISO3166: the value is no country code of ISO 3166-1'],
    ['{x | COUNTRY_CODE_ISO3166, alpha9}', '"alpha9" is none of alpha2, alpha3, numeric'],
    ['{x | DATE_FORMAT, "01/02/2006"}', 'DATE_FORMAT: the value is neither RFC 3339 nor YYYY-MM-DD'],
    ['{x | DATE_FORMAT, "01/02/2006", "2006"}', 'DATE_FORMAT: the value is not in this layout'],
    ['{x | DATE_FORMAT, "dd/mm/yyyy"}', '"dd/mm/yyyy" is no layout'],
    ['{"2026-02-30" | DATE_FORMAT, "2006"}', 'the value is neither RFC 3339 nor YYYY-MM-DD'],
    ['{x | FIRST_N, many}', '"many" is not a number from 0 to 1000'],
    ['{x | LEFT_PAD, 5000, "0"}', '"5000" is not a number from 0 to 1000'],
    ['{x | SUBSTRING, 1, all}', '"all" is not a number from 0 to 1000'],
    ['{x | FIRST_N}', 'FIRST_N has other arguments: {first_name | FIRST_N, 1}'],
    ['{x | LOWER, 1, 2}', 'LOWER has other arguments: {first_name | LOWER}'],
    ['{| LOWER}', 'LOWER has other arguments'],
    ['{x | REPLACE_ALL, "", "x"}', 'there is no text to replace'],
    ['{x | LOOKUP, location, location_code, city}', 'unknown lookup table "location". Did you mean "locations"?'],
    ['{x | LOOKUP, locations, location_code, citty}', 'unknown column of the lookup table "locations" "citty"'],
    [
      '{x | LOOKUP, locations, location_code, city}',
      'the lookup table "locations" has no such value in "location_code"',
    ],
    ['{| NEXT_NUMBER, 2, 101}', 'NEXT_NUMBER: takes a first number, and how many from 1 to 100'],
  ])('%s', (formatter, message) => {
    const call = () => formatted(formatter, { x: 'secret-value' });
    expect(call).toThrow(message);
    expect(call).not.toThrow('secret-value');
  });

  test('a layout that could be read in thousands of ways', () => {
    const call = () => formatted(`{x | DATE_FORMAT, "2006", "${'1'.repeat(60)}"}`, { x: '1'.repeat(60) });
    expect(call).toThrow('is no layout');
  });
});

test('a lookup with several results is refused; with one result in several rows it is not', () => {
  const lookupTables = {
    t: {
      columns: ['a', 'b'],
      rows: [
        ['1', 'x'],
        ['1', 'y'],
        ['2', 'z'],
        ['2', 'z'],
      ],
    },
  };
  const look = (value: string) =>
    applyTransformers([{ attribute: 'title', formatter: `{"${value}" | LOOKUP, t, a, b}` }], {
      attributes: {},
      lookupTables,
    });
  expect(look('2').attributes).toEqual({ title: 'z' });
  expect(() => look('1')).toThrow('several results');
});
