import { foldKey } from '@oaa-kit/oaa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApplicationOperation } from '../../directory/write-back.ts';
import {
  type CsvApplication,
  csvApplication,
  group,
  member,
  newGroup,
  newUser,
  shopMapping,
  user,
} from './test-csv-application.ts';
import { readCell, writeCell, writeRecord } from './text/cell.ts';
import { type CsvDialect, csvDialect } from './text/csv-dialect.ts';
import { RecordReader } from './text/record-reader.ts';

/** CSV_RUNS=1000 before a release. */
const runs = Number(process.env.CSV_RUNS ?? 30);

const userNames = ['jane', 'Zoë', 'a,b', 'q"uote', '=cmd', "'=x", 'two\nlines', 'x;y', '名', 'KIM', '-1', "o'brien"];
const teamNames = ['All', 'Sales', 'Süd', '@home', 'x;y', 'a, b', '"in"'];
const titles = [undefined, 'CEO', 'Head, sales', 'Head "of"', '=1+1', 'a\r\nb', ' spaced', '名', '+49 30', "'", 'x;y'];

interface Person {
  title: string | undefined;
  active: boolean;
  readonly teams: Set<string>;
}

/** What the application knows, by the names as they are written. */
interface Model {
  readonly users: Map<string, Person>;
  /** The teams that each team is part of. */
  readonly teams: Map<string, Set<string>>;
}

interface Style {
  readonly delimiter: string;
  readonly encoding: string;
  readonly lineEnd: string;
  readonly hasMark: boolean;
  readonly inQuotes: boolean;
  readonly endsOpen: boolean;
}

const styles: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '||'),
  encoding: fc.constantFrom('utf-8', 'windows-1252', 'utf-16le', 'utf-16be'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  hasMark: fc.boolean(),
  inQuotes: fc.boolean(),
  endsOpen: fc.boolean(),
});

const steps = fc.record({
  type: fc.constantFrom(
    'create',
    'delete',
    'update',
    'switch',
    'add',
    'remove',
    'create-group',
    'delete-group',
    'nest',
  ),
  user: fc.nat({ max: 3 }),
  team: fc.nat({ max: 2 }),
  title: fc.constantFrom(...titles),
});

/** Few of them in each history, so that they meet again. */
const someNames = fc.record({
  users: fc.shuffledSubarray(userNames, { minLength: 4, maxLength: 4 }),
  teams: fc.shuffledSubarray(teamNames, { minLength: 3, maxLength: 3 }),
});

interface Step {
  readonly type: string;
  readonly user: string;
  readonly team: string;
  readonly title: string | undefined;
}

/** What is asked for, whether the files can say it, what it changes in the model, and whose rows it may touch. */
interface Expected {
  readonly operation: ApplicationOperation;
  readonly isSayable: boolean;
  readonly change: () => void;
  readonly touched: readonly string[];
}

function expected(step: Step, { users, teams }: Model, canSay: (text: string | undefined) => boolean): Expected {
  const { title } = step;
  const person = users.get(step.user);
  const known = { title: person?.title, active: person?.active ?? true };
  const attributes = (values: { title: string | undefined; active: boolean }) => ({
    active: values.active,
    ...(values.title !== undefined && { title: values.title }),
  });
  const isTrimmed = title === undefined || title.trim() === title;
  const isItem = !step.team.includes(';');
  switch (step.type) {
    case 'create':
      return {
        operation: { type: 'create-user', after: newUser(step.user, attributes({ title, active: true })) },
        isSayable: person === undefined && canSay(step.user) && canSay(title) && isTrimmed,
        change: () => users.set(step.user, { title, active: true, teams: new Set() }),
        touched: [step.user],
      };
    case 'delete':
      return {
        operation: { type: 'delete-user', before: user(step.user) },
        isSayable: true,
        change: () => users.delete(step.user),
        touched: [step.user],
      };
    case 'update':
    case 'switch': {
      const active = step.type === 'switch' ? !known.active : known.active;
      const after = step.type === 'switch' ? { ...known, active } : { title, active };
      const type = step.type === 'update' ? 'update-user' : active ? 'reactivate-user' : 'deactivate-user';
      const before = user(step.user, attributes(known));
      const changes = step.type === 'switch' || known.title !== title;
      return {
        operation: { type, before, after: user(step.user, attributes(after)) },
        isSayable: !changes || (person !== undefined && (step.type === 'switch' || (canSay(title) && isTrimmed))),
        change: () => person !== undefined && Object.assign(person, after),
        touched: [step.user],
      };
    }
    case 'add':
    case 'remove':
      return {
        operation: {
          type: step.type === 'add' ? 'add-members' : 'remove-members',
          group: group(step.team),
          members: [member('User', step.user)],
        },
        isSayable: step.type === 'remove' || (person !== undefined && teams.has(step.team) && isItem),
        change: () => (step.type === 'add' ? person?.teams.add(step.team) : person?.teams.delete(step.team)),
        touched: [step.user],
      };
    case 'create-group':
      return {
        operation: { type: 'create-group', after: newGroup(step.team) },
        isSayable: !teams.has(step.team) && canSay(step.team),
        change: () => teams.set(step.team, new Set()),
        touched: [step.team],
      };
    case 'delete-group': {
      const inside = [...users, ...teams].filter(([, value]) =>
        ('teams' in value ? value.teams : value).has(step.team),
      );
      return {
        operation: { type: 'delete-group', before: group(step.team) },
        isSayable: true,
        change: () => {
          teams.delete(step.team);
          for (const { teams: of } of users.values()) of.delete(step.team);
          for (const of of teams.values()) of.delete(step.team);
        },
        touched: [step.team, ...inside.map(([name]) => name)],
      };
    }
    default:
      // Into one that is in none: no circles.
      return {
        operation: { type: 'add-members', group: group('Base'), members: [member('Group', step.team)] },
        isSayable: teams.has('Base') && teams.has(step.team),
        change: () => teams.get(step.team)?.add('Base'),
        touched: [step.team],
      };
  }
}

/** Rows by their first cell, each with all of its bytes as a text. */
async function rowsOf(application: CsvApplication, file: string, dialect: CsvDialect) {
  const { codec, byteOrderMark } = dialect;
  const units = codec.units(await application.bytes(file));
  const start = byteOrderMark !== '' && units.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  const reader = new RecordReader(units, start, true, dialect);
  const rows: [name: string, raw: string][] = [];
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    rows.push([readCell(record.cells[0] ?? '', dialect), units.slice(record.start, record.end)]);
  }
  return rows;
}

function filesIn({ lineEnd, hasMark, inQuotes, endsOpen }: Style, dialect: CsvDialect): Record<string, Uint8Array> {
  const tables = {
    'users.csv': [
      ['login', 'mail', 'title', 'active', 'teams', 'note'],
      ['anna', '', ' Lead ', 'yes', ' Base', 'old, "note"'],
      ['bob', 'bob@example.com', '', 'no', '', ''],
    ],
    'teams.csv': [
      ['team', 'part_of'],
      ['Base', ''],
    ],
    'grants.csv': [['kind', 'holder', 'right']],
  };
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => {
      const lines = rows.map((row) =>
        writeRecord(
          row.map((cell) => writeCell(cell, inQuotes, dialect)),
          dialect,
        ),
      );
      const text = lines.join(lineEnd + (inQuotes ? lineEnd : '')) + (endsOpen ? '' : lineEnd);
      return [name, dialect.codec.bytes((hasMark ? dialect.byteOrderMark : '') + text)];
    }),
  );
}

test(
  `after any operations the mapping reads what was asked for, and rows that are not concerned keep their bytes (${runs} histories)`,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        styles,
        someNames,
        fc.array(steps, { minLength: 4, maxLength: 16 }),
        async (style, names, history) => {
          const csv = { delimiter: style.delimiter, formulaGuard: true };
          const settings = `    encoding: ${style.encoding}\n    csv: ${JSON.stringify(csv)}\n`;
          const mapping = shopMapping.replaceAll(/- file: (\w+\.csv)\n/g, `- file: $1\n${settings}`);
          const dialect = csvDialect({ file: 'users.csv', encoding: style.encoding, csv });
          const application = await csvApplication(filesIn(style, dialect), mapping);
          const model: Model = {
            users: new Map([
              ['anna', { title: 'Lead', active: true, teams: new Set(['Base']) }],
              ['bob', { title: undefined, active: false, teams: new Set<string>() }],
            ]),
            teams: new Map([['Base', new Set()]]),
          };
          const canSay = (text: string | undefined) => text === undefined || dialect.codec.encode(text) !== undefined;
          for (const { user: userNumber, team: teamNumber, ...rest } of history) {
            const step = { ...rest, user: names.users[userNumber] ?? '', team: names.teams[teamNumber] ?? '' };
            const { operation, isSayable, change, touched } = expected(step, model, canSay);
            const before = await Promise.all(
              ['users.csv', 'teams.csv'].map((file) => rowsOf(application, file, dialect)),
            );
            const answer = await application.apply(operation);
            expect(answer.type, JSON.stringify([operation, answer])).toBe(isSayable ? 'applied' : 'refused');
            if (isSayable) change();
            const after = await Promise.all(
              ['users.csv', 'teams.csv'].map((file) => rowsOf(application, file, dialect)),
            );
            const others = (rows: typeof before) =>
              rows.map((one) =>
                one.filter(([name]) => !isSayable || !touched.some((key) => foldKey(key) === foldKey(name))),
              );
            expect(others(after)).toEqual(others(before));
          }
          await expectModel(application, model);
          await application.adapter.close();
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
  },
  runs * 5_000,
);

async function expectModel(application: CsvApplication, { users, teams }: Model): Promise<void> {
  const read = await application.read();
  const facts = read.users.map(({ name, is_active, groups = [], custom_properties }) => [
    name,
    { title: custom_properties?.title, active: is_active, teams: new Set(groups) },
  ]);
  expect(new Map(facts as [string, unknown][])).toEqual(users);
  expect(new Map(read.groups.map(({ name, groups = [] }) => [name, new Set(groups)]))).toEqual(teams);
}
