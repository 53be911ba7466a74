import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../payload/diagnostics.ts';
import { mappingOf, runBoth } from './test-mapping.ts';

/** Everything that is said of an input, as the command prints it. */
async function refused(
  items: string,
  rows: string | Uint8Array,
  { head = '', files = {} }: { head?: string; files?: Record<string, string | Uint8Array> } = {},
): Promise<{ message: string | undefined; lines: string[] }> {
  const mapping = mappingOf(items, head);
  const { wire, error, diagnostics } = await runBoth(mapping, { 'rows.csv': rows, ...files });
  expect(wire).toBeUndefined();
  return { message: error?.message, lines: diagnostics.flatMap((one) => formatDiagnostic(one).split('\n')) };
}

const user = 'user: { name: name, email: mail }';

describe('bad input is refused with file, row, column and what to do', () => {
  test('unknown column', async () => {
    const { message, lines } = await refused(user, 'name,email\njane,j@x\n');
    expect(message).toBe('The mapping mapping.yaml has a problem.');
    expect(lines).toEqual([
      'error mapping mapping.yaml:5:38 $.sources[0].map[0].user.email: rows.csv has no column "mail". Did you mean "email"?',
      '    Columns are: name, email. A constant is written { value: ... }.',
    ]);
  });

  test('wrong type', async () => {
    const { message, lines } = await refused(
      'user: { name: name, isActive: on, properties: { badge: n }, userType: kind }',
      'name,on,n,kind\njane,si,1,robot\njoe,yes,1x,humn\n',
      { head: 'properties: { user: { badge: NUMBER } }' },
    );
    expect(message).toBe('2 of 2 rows cannot be used. Nothing was written.');
    expect(lines).toEqual([
      'error bad-value rows.csv:2:on $.sources[0].map[0].user.isActive: "si" is neither true nor false.',
      '    Name the words: { column: ..., true: [ja], false: [nein] }.',
      'error unknown-value rows.csv:2:kind $.sources[0].map[0].user.userType: "robot" is not one of human, service_account.',
      '    Translate it: { column: ..., map: { theirs: ours } }.',
      'error unknown-value rows.csv:3:kind $.sources[0].map[0].user.userType: "humn" is not one of human, service_account. Did you mean "human"?',
      '    Translate it: { column: ..., map: { theirs: ours } }.',
      'error property-type rows.csv:3:n $.sources[0].map[0].user.properties.badge: "1x" is not a number.',
      '    Write it like 1234.5; or define the property as STRING.',
    ]);
  });

  test('bad date', async () => {
    const { lines } = await refused('user: { name: name, createdAt: d }', 'name,d\njane,2026-02-30\njoe,31/01/2026\n');
    expect(lines).toEqual([
      'error bad-timestamp rows.csv:2:d $.sources[0].map[0].user.createdAt: "2026-02-30" is not a date of the form RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss.',
      '    Name the form: { column: ..., format: "DD/MM/YYYY" }.',
      'error bad-timestamp rows.csv:3:d $.sources[0].map[0].user.createdAt: "31/01/2026" is not a date of the form RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss.',
      '    Name the form: { column: ..., format: "DD/MM/YYYY" }.',
    ]);
  });

  test('duplicate key with other values', async () => {
    const { lines } = await refused(user, 'name,mail\njane,j@x\njoe,o@x\nJane,other@x\n');
    expect(lines).toEqual([
      'error conflicting-row rows.csv:4 $.sources[0].map[0].user: The user "Jane" was given with other values in rows.csv:2: email is "other@x" and was "j@x".',
      '    The first row sets the values. Make the rows equal, give the entities different keys, or say conflicts: warning.',
    ]);
  });

  test('dangling reference', async () => {
    const { lines } = await refused(
      '{ user: { name: name, groups: team } }, { group: { name: other } }',
      'name,team,other\njane,Salse,Sales\n',
    );
    expect(lines).toEqual([
      'error dangling-group rows.csv:2:team $.sources[0].map[0].user.groups: There is no group "Salse". Did you mean "Sales"?',
      '    Describe it in a source; or say what to do: { names: ..., unknown: warning } leaves the reference out, create makes it.',
    ]);
  });

  test('unterminated quote', async () => {
    const { message, lines } = await refused(user, 'name,mail\njane,j@x\njoe,"o@x\nmax,m@x\n');
    expect(message).toBe('rows.csv cannot be read to the end. Nothing was written.');
    expect(lines).toEqual([
      'error csv-syntax rows.csv:3:mail $: A quote is opened in this row and never closed.',
      '    Close it, or double it where it is part of the text.',
    ]);
  });

  test('wrong encoding', async () => {
    const { lines } = await refused(user, Buffer.from('name,mail\njane,j@x\nj\xfcrgen,u@x\n', 'latin1'));
    expect(lines).toEqual([
      'error wrong-type rows.csv:3 $: The text is not UTF-8 here.',
      '    Name its encoding in the mapping, for example encoding: windows-1252, or save it as UTF-8.',
    ]);
  });

  test('empty file', async () => {
    const { message, lines } = await refused(user, '');
    expect(message).toBe('The mapping mapping.yaml has a problem.');
    expect(lines).toEqual([
      'error csv-header rows.csv:1 $: The file is empty.',
      '    A CSV file has a header row with the names of its columns.',
    ]);
  });

  test('a 10 MB cell', async () => {
    const { lines } = await refused(user, `name,mail\njane,${'x'.repeat(10_000_000)}\n`);
    expect(lines).toEqual([
      'error too-long rows.csv:2:mail $: This row is longer than 4,194,304 characters.',
      '    Mostly a quote that is not closed; else shorten the cell.',
    ]);
  });

  test('row wider than the header, and one that is shorter', async () => {
    const { lines } = await refused(user, 'name,mail\njane,j@x,extra\njoe\n');
    expect(lines).toEqual([
      'error row-shape rows.csv:2 $.sources[0]: The row has 3 cells and the header has 2: a delimiter in a text, mostly.',
      'error row-shape rows.csv:3 $.sources[0]: The row has 1 cells and the header has 2. If the rest is empty, say csv: { shortRows: pad }.',
    ]);
  });

  test('mapping that names a missing file', async () => {
    const mapping =
      'application: { name: Shop, type: Shop }\nsources:\n  - file: nowhere.csv\n    map: [{ user: { name: name } }]\n';
    expect((await runBoth(mapping, {})).said).toEqual(['mapping.yaml:3:11 There is no file nowhere.csv.']);
  });

  test('handlebars typo', async () => {
    const { lines } = await refused(
      'user: { name: "{{lowr name}}", email: "{{lower mial}}", identities: "{{name" }',
      'name,mail\n',
    );
    expect(lines).toEqual([
      'error mapping mapping.yaml:5:25 $.sources[0].map[0].user.name: There is no helper "lowr". Did you mean "lower"?',
      '    Helpers are lower, upper, trim, split, join, default, replace, date, lookup. A column with spaces is written {{[First name]}}.',
      'error mapping mapping.yaml:5:49 $.sources[0].map[0].user.email: rows.csv has no column "mial". Did you mean "mail"?',
      '    Columns are: name, mail. A constant is written { value: ... }.',
      'error mapping mapping.yaml:5:79 $.sources[0].map[0].user.identities: The expression "{{name" is not complete.',
      '    Every {{ needs its }}, every {{#if}} its {{/if}}; a column with spaces is written {{[First name]}}.',
    ]);
  });

  test('lookup without hit', async () => {
    const { lines } = await refused(
      'user: { name: name, email: { column: mail, lookup: { table: t } } }',
      'name,mail\njane,j@x\n',
      { head: 'tables: { t: { file: t.csv, key: a, value: b } }', files: { 't.csv': 'a,b\nx,y\n' } },
    );
    expect(lines).toEqual([
      'error lookup-miss rows.csv:2:mail $.sources[0].map[0].user.email: The table "t" has no entry for "j@x".',
      '    Add it to the table, or say lookup: { unknown: keep }, warning or empty.',
    ]);
  });

  test('key column empty', async () => {
    const { lines } = await refused('user: { id: name, name: mail }', 'name,mail\n,j@x\n');
    expect(lines).toEqual([
      'error empty-value rows.csv:2:name $.sources[0].map[0].user: The row has nothing that names its user.',
      '    Fill the column; or leave such rows out: when: { column: ..., empty: false }.',
    ]);
  });

  test('two mappings for one key', async () => {
    const { lines } = await refused(
      '{ user: { name: name, email: mail } }, { user: { name: name, email: { value: x } } }',
      'name,mail\njane,j@x\n',
    );
    expect(lines).toEqual([
      'error conflicting-row rows.csv:2 $.sources[0].map[1].user: The user "jane" was given with other values in rows.csv:2: email is "x" and was "j@x".',
      '    The first row sets the values. Make the rows equal, give the entities different keys, or say conflicts: warning.',
    ]);
  });

  test('damaged gzip', async () => {
    const data = gzipSync(Buffer.from('name\njane\n'));
    const mapping =
      'application: { name: Shop, type: Shop }\nsources: [{ file: a.csv.gz, map: [{ user: { name: name } }] }]';
    const cut = await runBoth(mapping, { 'a.csv.gz': data.subarray(0, 20) });
    expect(cut.error?.message).toBe('a.csv.gz cannot be read to the end. Nothing was written.');
    expect(cut.said).toEqual(['a.csv.gz a.csv.gz is cut off: its gzip data ends too early.']);
  });

  test('what the tenant would refuse: tags, long texts, bad names of properties', async () => {
    const { lines } = await refused(
      'user: { name: name, tags: { team: mail, "no-dash": mail }, properties: { note: mail } }',
      `name,mail\njane,a/b\n`,
      { head: 'properties: { user: { note: STRING, note2: STRING } }' },
    );
    expect(lines).toEqual([
      'error mapping mapping.yaml:2:44 $.properties.user.note2: Property name "note2" is not allowed',
      '    Use letters and underscores only, starting with a letter (digits are not allowed).',
      `error mapping mapping.yaml:5:62 $.sources[0].map[0].user.tags['no-dash']: Tag key "no-dash" may hold only letters, digits and "_".`,
    ]);
    const rows = await refused(
      'user: { name: name, tags: { team: mail }, properties: { note: long } }',
      `name,mail,long\njane,a/b,x\njoe,ab,${'x'.repeat(4_097)}\n`,
      { head: 'properties: { user: { note: STRING } }' },
    );
    expect(rows.lines).toEqual([
      'error bad-tag rows.csv:2:mail $.sources[0].map[0].user.tags.team: Tag value "a/b" may hold only letters, digits, white space and "_ , @ . -".',
      `    Take what is not allowed out: "{{replace column '/' '-'}}".`,
      'error too-long rows.csv:3:long $.sources[0].map[0].user.properties.note: The text is longer than 4,096 bytes.',
      '    Shorten it in the source.',
    ]);
  });
});

test('a file with a header only gives an empty list and a warning', async () => {
  const { wire, said, diagnostics } = await runBoth(mappingOf(user), { 'rows.csv': 'name,mail\n' });
  expect(wire?.applications[0]?.local_users).toEqual([]);
  expect(said).toEqual(['rows.csv warning: The file has no rows.']);
  expect(diagnostics[0]?.hint).toBe(
    'Nothing is made from it. A push of this payload removes what the file gave before.',
  );
});

test('the mapping itself is checked first, with all its problems', async () => {
  const mapping = `application: { name: " ", type: Shop, properties: { x: 1 }, tags: { a-b: c }, description: ${'x'.repeat(257)} }
properties: { user: { a1: STRING } }
sources:
  - file: rows.csv
    map:
      - user: { properties: { a: name }, createdAt: { column: name, format: DD }, isActive: { column: name, true: [x], false: [x] } }
      - user: {}
      - group: { name: nme, identities: nme }`;
  expect((await runBoth(mapping, { 'rows.csv': 'name\nx\n' })).said).toEqual([
    'mapping.yaml:1:22 "application.name": must not be empty',
  ]);
  expect((await runBoth(mapping.replace('" "', 'Shop'), { 'rows.csv': 'name\nx\n' })).said).toEqual([
    'mapping.yaml:1:57 Property "x" is not defined for application.',
    'mapping.yaml:1:75 Tag key "a-b" may hold only letters, digits and "_".',
    'mapping.yaml:1:93 The description is longer than 256 bytes.',
    'mapping.yaml:2:27 Property name "a1" is not allowed',
    'mapping.yaml:6:15 A user needs an id or a name.',
    'mapping.yaml:6:34 The property "a" is not defined.',
    'mapping.yaml:6:77 The date format "DD" is not usable: it has no year.',
    'mapping.yaml:6:127 The word "x" means both true and false.',
    'mapping.yaml:7:15 A user needs an id or a name.',
    'mapping.yaml:8:24 rows.csv has no column "nme". Did you mean "name"?',
    'mapping.yaml:8:41 rows.csv has no column "nme". Did you mean "name"?',
  ]);
});
