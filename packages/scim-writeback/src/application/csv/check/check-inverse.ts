import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { foldKey, InputError, type WireUser } from '@oaa-kit/oaa';
import {
  type FileSource,
  type MappingDocument,
  type MappingItem,
  openSource,
  type RowSource,
  type WrittenEntity,
  type WrittenMembership,
} from '@oaa-kit/oaa/sources';
import { comparableLocalGroup, comparableLocalUser, differingPaths } from '../../../attributes/comparable.ts';
import type { ResourceKind } from '../../../directory/directory.ts';
import type { ApplicationOperation, ResourceSnapshot } from '../../../directory/write-back.ts';
import { CsvFiles } from '../csv-files.ts';
import type { TableHead } from '../file/read-head.ts';
import { rowKey } from '../plan/entity-rows.ts';
import { factsOf, writtenPaths } from '../plan/facts.ts';
import type { PlanContext } from '../plan/plan-context.ts';
import { fullColumn, writtenPath } from '../plan/render-cells.ts';
import { type ReadFacts, readBack } from '../read-back.ts';
import { Refusal } from '../refusal.ts';
import type { Table } from '../table.ts';
import { isOf } from '../verify-written.ts';
import type { InverseProblems } from './inverse-problems.ts';
import { sampleSnapshot } from './sample.ts';

/** What the inverse is tried with. */
export interface InverseSettings {
  readonly document: MappingDocument;
  readonly folder: string;
  readonly context: PlanContext;
  readonly tables: ReadonlyMap<string, Table>;
  readonly heads: ReadonlyMap<string, TableHead>;
}

/**
 * Does every operation on files that have the headers of the real ones and no rows, and reads them through the mapping:
 * what was written has to be what is read, and nothing may be read that is not written.
 */
export async function checkInverse(settings: InverseSettings, problems: InverseProblems): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-write-back-'));
  try {
    const tables = new Map<string, Table>();
    for (const [file, table] of settings.tables) {
      const path = join(folder, `${tables.size}-${basename(file)}`);
      await writeFile(path, settings.heads.get(file)?.bytes ?? '');
      tables.set(file, { ...table, path });
    }
    await new Trial(settings, tables, folder, problems).run();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Trial {
  readonly #settings: InverseSettings;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #files: CsvFiles;
  readonly #problems: InverseProblems;
  #operations = 0;

  constructor(
    settings: InverseSettings,
    tables: ReadonlyMap<string, Table>,
    folder: string,
    problems: InverseProblems,
  ) {
    this.#settings = settings;
    this.#tables = tables;
    this.#problems = problems;
    this.#files = new CsvFiles({
      document: settings.document,
      folder: settings.folder,
      context: settings.context,
      tables,
      stateFolder: join(folder, 'state'),
      lockTimeoutMs: 10_000,
      step: () => undefined,
      onKeptEdit: () => undefined,
    });
  }

  async run(): Promise<void> {
    const { users, groups, memberships = {} } = this.#settings.context.writeBack;
    const teams = groups === undefined ? [] : await this.#entities('Group', groups, [1, 2]);
    const people = await this.#entities('User', users, [1, 2]);
    if (memberships.users !== undefined) await this.#memberships(people, teams, memberships.users, 'users');
    const inner =
      groups === undefined || memberships.groups === undefined ? [] : await this.#entities('Group', groups, [3, 4]);
    if (memberships.groups !== undefined) await this.#memberships(inner, teams, memberships.groups, 'groups');
    // Also who is left of the members: what names nobody cannot be read.
    for (const resource of [...teams, ...people, ...inner]) await this.#delete(resource);
  }

  /** Creates and changes some; gives them as they are then. */
  async #entities(
    kind: ResourceKind,
    entity: WrittenEntity,
    numbers: readonly number[],
  ): Promise<readonly ResourceSnapshot[]> {
    const found: ResourceSnapshot[] = [];
    for (const number of numbers) {
      const one = this.#problems.isEmpty ? await this.#entity(kind, entity, number) : undefined;
      if (one !== undefined) found.push(one);
    }
    return found;
  }

  async #entity(kind: ResourceKind, entity: WrittenEntity, number: number): Promise<ResourceSnapshot | undefined> {
    const { mappings } = this.#settings.context;
    const at = [kind === 'User' ? 'users' : 'groups', 'columns'];
    const first = sampleSnapshot(kind, number, entity, mappings[kind]);
    const created = await this.#do({ type: kind === 'User' ? 'create-user' : 'create-group', after: first }, at);
    if (created === undefined) return undefined;
    const before = { ...first, nativeId: created.nativeId };
    if (!(await this.#agrees(before, at))) return undefined;
    const keyPath = writtenPath(fullColumn(entity.columns[entity.key] ?? '').attribute, mappings[kind]);
    const other = sampleSnapshot(kind, number + 5, entity, mappings[kind]).attributes;
    // What rows are found by stays.
    const same = keyPath === undefined || keyPath === 'id' ? {} : { [keyPath]: first.attributes[keyPath] ?? '' };
    const switched = 'active' in other ? { active: false } : {};
    const after = { ...before, attributes: { ...other, ...same, ...switched } };
    const type = kind === 'User' ? 'update-user' : 'update-group';
    if ((await this.#do({ type, before, after }, at)) === undefined || !(await this.#agrees(after, at)))
      return undefined;
    return after;
  }

  /** Two members and two groups, where a cell takes as many. */
  async #memberships(
    members: readonly ResourceSnapshot[],
    groups: readonly ResourceSnapshot[],
    membership: WrittenMembership,
    name: 'users' | 'groups',
  ): Promise<void> {
    const [first, second] = members;
    const [group, other] = groups;
    if (first === undefined || second === undefined || group === undefined || other === undefined) return;
    const at = ['memberships', name];
    const isOneMember = 'groupColumn' in membership && membership.list === undefined;
    const isOneGroup = 'column' in membership && membership.list === undefined;
    const both = isOneMember ? [first] : [first, second];
    const steps = [
      ['add-members', group, both, [group]],
      ...(isOneGroup ? [] : [['add-members', other, [first], [group, other]] as const]),
      ['remove-members', group, [first], isOneGroup ? [] : [other]],
      ['add-members', group, [first], isOneGroup ? [group] : [other, group]],
    ] as const;
    for (const [type, of, who, expected] of steps) {
      const named = who.map((one) => ({ ...one, name: undefined }));
      if ((await this.#do({ type, group: of, members: named }, at)) === undefined) return;
      if (!(await this.#isIn(first, expected, at))) return;
    }
    if (!isOneMember) await this.#isIn(second, [group], at);
  }

  /** Whether somebody is read as a member of these groups and of no other. */
  async #isIn(member: ResourceSnapshot, groups: readonly ResourceSnapshot[], at: readonly string[]): Promise<boolean> {
    const read = await this.#read(at);
    if (read === undefined) return false;
    const found = read[member.kind === 'User' ? 'users' : 'groups'].find((one) => isOf(one, rowKey(member)));
    const [seen, expected] = [found?.groups ?? [], groups.map(rowKey)];
    if (found !== undefined && isSameSet(seen, expected)) return true;
    this.#problems.add(
      at,
      `A member of the groups ${JSON.stringify(expected)} is read as one of ${JSON.stringify(seen)}.`,
      'What is written here has to be what the sources read: the same column, with the same delimiter.',
    );
    return false;
  }

  async #delete(before: ResourceSnapshot): Promise<void> {
    const at = [before.kind === 'User' ? 'users' : 'groups', 'delete'];
    const type = before.kind === 'User' ? 'delete-user' : 'delete-group';
    if ((await this.#do({ type, before }, at)) === undefined) return;
    const read = await this.#read(at);
    const left = (before.kind === 'User' ? read?.users : read?.groups) ?? [];
    if (!left.some((one) => isOf(one, rowKey(before)))) return;
    this.#problems.add(at, `A deleted ${before.kind.toLowerCase()} is still read.`, 'Leave such rows out: when.');
  }

  async #do(
    operation: ApplicationOperation,
    at: readonly string[],
  ): Promise<{ readonly nativeId: string | undefined } | undefined> {
    this.#operations += 1;
    try {
      const signal = new AbortController().signal;
      const idempotencyKey = `check ${this.#operations}`;
      return { nativeId: await this.#files.apply({ operation, idempotencyKey, signal }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#problems.add(at, `"${operation.type}" of a sample is refused: ${error.message.replace(/\.$/, '')}.`);
      return undefined;
    }
  }

  /** Whether what is read is what the snapshot says. */
  async #agrees(snapshot: ResourceSnapshot, at: readonly string[]): Promise<boolean> {
    const read = await this.#read(at);
    if (read === undefined) return false;
    const { kind } = snapshot;
    const { mappings, writeBack } = this.#settings.context;
    const mapping = mappings[kind];
    const found = (kind === 'User' ? read.users : read.groups).find((one) => isOf(one, rowKey(snapshot)));
    if (found === undefined) {
      this.#problems.add([at[0] ?? '', 'key'], `A new row is not read as the ${kind.toLowerCase()} of its key.`);
      return false;
    }
    const facts = factsOf(snapshot, mapping);
    const seen =
      kind === 'User' ? comparableLocalUser(found as WireUser, mapping) : comparableLocalGroup(found, mapping);
    const entity = kind === 'User' ? writeBack.users : writeBack.groups;
    // What is read and not written was told before.
    const written = entity === undefined ? new Set() : writtenPaths(entity, mapping);
    const paths = differingPaths(facts, seen).filter((path) => written.has(path));
    for (const path of paths) this.#differs(path, facts.texts.get(path), seen.texts.get(path), kind);
    return paths.length === 0;
  }

  #differs(path: string, written: string | undefined, read: string | undefined, kind: ResourceKind): void {
    const { writeBack, mappings } = this.#settings.context;
    const name = kind === 'User' ? 'users' : 'groups';
    const columns = Object.entries(writeBack[name]?.columns ?? {});
    const column = columns.find(([, spec]) => writtenPath(fullColumn(spec).attribute, mappings[kind]) === path)?.[0];
    this.#problems.add(
      [name, 'columns', ...(column === undefined ? [] : [column])],
      `${path} is written as ${JSON.stringify(written ?? '')} and read as ${JSON.stringify(read ?? '')}.`,
    );
  }

  async #read(at: readonly string[]): Promise<ReadFacts | undefined> {
    const { document, folder } = this.#settings;
    try {
      return await readBack(
        document,
        folder,
        (item, file) => this.#keep(item, file),
        (spec) => this.#open(spec),
      );
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const [first] = error.diagnostics;
      this.#problems.add(at, `What is written cannot be read: ${first?.message ?? error.message}`, first?.hint);
      return undefined;
    }
  }

  #open(spec: FileSource): Promise<RowSource> {
    const path = this.#tables.get(spec.file)?.path ?? '';
    return openSource({ ...spec, path });
  }

  /** Users, groups and memberships of the files that are written; grants are not tried. */
  #keep({ user, group, assignment }: MappingItem, file: string): MappingItem | undefined {
    if (!this.#tables.has(file)) return undefined;
    if (user !== undefined) {
      const { roles: _, permissions: _permissions, accessCredentials: _credentials, ...rest } = user;
      return { user: rest };
    }
    if (group !== undefined) {
      const { roles: _, permissions: _permissions, ...rest } = group;
      return { group: rest };
    }
    if (assignment?.groups === undefined) return undefined;
    const { roles: _, permissions: _permissions, ...rest } = assignment;
    return { assignment: rest };
  }
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  const [one, other] = [left, right].map((list) => list.map(foldKey).toSorted().join('\n'));
  return one === other;
}
