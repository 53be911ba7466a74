import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runBoth } from './test-mapping.ts';

const head = 'application: { name: Shop, type: Shop }';
const users = (outcome: Awaited<ReturnType<typeof runBoth>>) => outcome.wire?.applications[0]?.local_users;

describe('sources', () => {
  test('are CSV, JSON and NDJSON, also compressed, encoded otherwise, and in one run', async () => {
    const outcome = await runBoth(
      `${head}
sources:
  - { file: a.csv, csv: { delimiter: ";", quote: "'", skipLines: 1 }, encoding: windows-1252, map: [{ user: { name: name } }] }
  - { file: b.json, pointer: /data/users, map: [{ user: { name: profile.login, email: mails.0.value, groups: { names: teams, unknown: create } } }] }
  - { file: c.ndjson.gz, map: [{ user: { name: name, isActive: active, createdAt: { column: at, format: epoch } } }] }
  - { file: d.txt, format: csv, csv: { columns: [name, mail], shortRows: pad }, map: [{ user: { name: name, email: mail } }] }`,
      {
        'a.csv': Buffer.from("made by hand\nname;x\n'J\xfcrgen; J.';1\n", 'latin1'),
        'b.json': '{"data":{"users":[{"profile":{"login":"jane"},"mails":[{"value":"j@x"}],"teams":["A","B"]}]}}',
        'c.ndjson.gz': gzipSync('{"name":"joe","active":true,"at":0}\n'),
        'd.txt': 'max\nmia,m@x\n',
      },
    );
    expect(outcome.said).toEqual([]);
    expect(users(outcome)).toEqual([
      { name: 'Jürgen; J.' },
      { name: 'jane', email: 'j@x', groups: ['A', 'B'] },
      { name: 'joe', is_active: true, created_at: '1970-01-01T00:00:00Z' },
      { name: 'max' },
      { name: 'mia', email: 'm@x' },
    ]);
  });

  test('of JSON name the element of a problem', async () => {
    const outcome = await runBoth(`${head}\nsources: [{ file: a.json, map: [{ user: { name: who } }] }]`, {
      'a.json': '[{"who":"a"},{"who":{"x":1}},5,{"whom":"b"}]',
    });
    expect(outcome.said).toEqual([
      'a.json:2:who A text is expected, and here is an object: {"x":1}.',
      'a.json:3 The row is a number; rows are objects.',
      'a.json:4:who The row has nothing that names its user.',
    ]);
  });

  test('may be one file twice', async () => {
    const outcome = await runBoth(
      `${head}\nsources: [{ file: a.csv, map: [{ group: { name: g } }] }, { file: a.csv, map: [{ user: { name: u, groups: g } }] }]`,
      { 'a.csv': 'u,g\njane,A\njoe,A\n' },
    );
    expect(users(outcome)?.length).toBe(2);
    expect(outcome.rows).toBe(4);
  });
});

describe('tables', () => {
  const mapping = (table = 'file: t.csv, key: code, value: label') =>
    `${head}\ntables: { countries: { ${table} } }\nsources: [{ file: a.csv, map: [{ user: { name: u, groups: { names: { column: c, lookup: { table: countries, unknown: warning } }, unknown: create }, email: '{{lookup "countries" c}}' } }] }]`;

  test('are looked into by values and expressions', async () => {
    const outcome = await runBoth(mapping(), {
      'a.csv': 'u,c\njane, DE\n',
      't.csv': 'code,label\nde,Germany\nde,Germany\n',
    });
    expect(users(outcome)).toEqual([{ name: 'jane', email: 'Germany', groups: ['Germany'] }]);
  });

  test('report a lookup without hit', async () => {
    const outcome = await runBoth(mapping(), { 'a.csv': 'u,c\njane,XX\n', 't.csv': 'code,label\nde,Germany\n' });
    expect(outcome.said).toEqual([
      'a.csv:2:c The table "countries" has no entry for "XX".',
      'a.csv:2:c warning: The table "countries" has no entry for "XX".',
    ]);
  });

  test('may be JSON', async () => {
    const outcome = await runBoth(mapping('file: t.json, key: id.code, value: n'), {
      'a.csv': 'u,c\njane,1\n',
      't.json': '[{"id":{"code":1},"n":"one"}]',
    });
    expect(users(outcome)?.[0]?.email).toBe('one');
  });

  test('that are not there, or have other columns, or bad rows, are problems of the mapping', async () => {
    const files = { 'a.csv': 'u,c\njane,de\n', 't.csv': 'code,label\nde,x\nDE,y\n,z\na,b,c\n' };
    expect((await runBoth(mapping('file: t.csv, key: cod, value: label'), files)).said).toEqual([
      'mapping.yaml:2:42 t.csv has no column "cod". Did you mean "code"?',
    ]);
    expect((await runBoth(mapping('file: u.csv, key: code, value: label'), files)).said).toEqual([
      'mapping.yaml:2:30 There is no file u.csv.',
    ]);
    expect((await runBoth(mapping(), files)).said).toEqual([
      't.csv:3 The key "DE" stands for "x" and for "y".',
      't.csv:4 The key is empty.',
      't.csv:5 The row has 3 cells and the header has 2: a delimiter in a text, mostly.',
    ]);
  });
});
