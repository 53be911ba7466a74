import { didYouMean, foldKey } from '@oaa-kit/oaa';
import type { Mapping, WriteBack, WrittenEntity, WrittenMembership } from '@oaa-kit/oaa/sources';
import type { AttributeMapping } from '../../../attributes/attribute-mapping.ts';
import type { ResourceKind } from '../../../directory/directory.ts';
import { writtenPaths } from '../plan/facts.ts';
import type { PlanContext } from '../plan/plan-context.ts';
import { fullColumn, writtenPath } from '../plan/render-cells.ts';
import type { InverseProblems } from './inverse-problems.ts';

/** The columns of the files, by the names of the files. */
export type Columns = ReadonlyMap<string, readonly string[]>;

type Path = readonly (string | number)[];

/** The files that write-back is about, each with a place that names it. */
export function writtenFiles({
  users,
  groups,
  memberships,
}: WriteBack): readonly (readonly [file: string, path: Path])[] {
  const entities = [
    ['users', users],
    ['groups', groups],
  ] as const;
  return [
    ...entities.flatMap(([name, entity]) => [
      ...(entity === undefined ? [] : [[entity.file, [name, 'file']] as const]),
      ...(entity?.alsoDelete ?? []).map(({ file }, index) => [file, [name, 'alsoDelete', index, 'file']] as const),
    ]),
    ...(['users', 'groups'] as const).flatMap((name) => {
      const membership = memberships?.[name];
      return membership !== undefined && 'file' in membership
        ? [[membership.file, ['memberships', name, 'file']] as const]
        : [];
    }),
  ];
}

/** What the sources read of users or groups that SCIM has, too. */
function readPaths(kind: ResourceKind, sources: Mapping['sources'], mapping: AttributeMapping): ReadonlySet<string> {
  const items = sources.flatMap(({ map }) => map);
  const paths = new Set<string>();
  for (const { user, group } of items) {
    for (const name of Object.keys((kind === 'User' ? user : group)?.properties ?? {})) {
      const path = mapping.byName.get(foldKey(name))?.path;
      if (path !== undefined) paths.add(path);
    }
    if (kind === 'Group' || user === undefined) continue;
    if (user.email !== undefined || user.identities !== undefined) paths.add('emails');
    if (user.isActive !== undefined) paths.add('active');
  }
  return paths;
}

/** Checks what can be told without writing anything: columns, attributes, and what would contradict itself. */
export function checkSettings(
  { writeBack, mappings }: PlanContext,
  sources: Mapping['sources'],
  columns: Columns,
  problems: InverseProblems,
): void {
  const check = new Check(columns, problems);
  const { users, groups, memberships } = writeBack;
  check.entity(users, ['users'], mappings.User, 'userName');
  if (groups !== undefined) check.entity(groups, ['groups'], mappings.Group, 'displayName');
  for (const [name, entity, kind] of [
    ['users', users, 'User'],
    ['groups', groups, 'Group'],
  ] as const) {
    if (entity === undefined) continue;
    const written = writtenPaths(entity, mappings[kind]);
    for (const path of readPaths(kind, sources, mappings[kind])) {
      if (written.has(path)) continue;
      problems.add(
        [name, 'columns'],
        `The sources read ${path}, and no column is written from it.`,
        'Write it; or let the sources read it into a property of a name that SCIM does not have.',
      );
    }
  }
  const entityFiles = [users.file, groups?.file];
  for (const [name, member] of [
    ['users', users],
    ['groups', groups],
  ] as const) {
    const membership = memberships?.[name];
    if (membership === undefined) continue;
    if (member === undefined || groups === undefined) {
      problems.add(
        ['memberships', name],
        'There are no groups to be a member of.',
        'Say how groups are written: groups.',
      );
      continue;
    }
    check.membership(membership, ['memberships', name], member, groups);
    if ('file' in membership && entityFiles.includes(membership.file)) {
      problems.add(
        ['memberships', name, 'file'],
        `${membership.file} describes users or groups: with its membership a row would take them away.`,
        'Name a column of it instead: { column: ..., list: ";" }.',
      );
    }
  }
}

class Check {
  readonly #columns: Columns;
  readonly #problems: InverseProblems;

  constructor(columns: Columns, problems: InverseProblems) {
    this.#columns = columns;
    this.#problems = problems;
  }

  entity(entity: WrittenEntity, path: Path, mapping: AttributeMapping, name: string): void {
    const { file, key, columns, where = {}, newRows = {}, delete: deletion, alsoDelete = [] } = entity;
    this.#column(file, key, [...path, 'key']);
    const known = ['id', name, ...mapping.properties.map((property) => property.path)];
    for (const [column, spec] of Object.entries(columns)) {
      const at = [...path, 'columns', column];
      this.#column(file, column, at);
      const { attribute, list } = fullColumn(spec);
      const written = writtenPath(attribute, mapping);
      if (written === undefined) {
        this.#problems.add(at, `There is no attribute "${attribute}" to write.${didYouMean(attribute, known)}`);
      }
      const property = mapping.properties.find((one) => one.path === written);
      if (property?.type === 'STRING_LIST' && list === undefined) {
        this.#problems.add(
          at,
          `${attribute} has several values.`,
          'Say what stands between them: { attribute, list }.',
        );
      }
    }
    this.#constants(file, { where, newRows }, Object.keys(columns), path);
    if (!Object.hasOwn(columns, key)) {
      this.#problems.add([...path, 'key'], `Nothing is written into "${key}", which new rows are found by.`);
    }
    const paths = Object.values(columns).map((spec) => writtenPath(fullColumn(spec).attribute, mapping));
    if (!paths.includes(name)) this.#problems.add([...path, 'columns'], `No column is written from ${name}.`);
    if (deletion !== 'row') this.#column(file, deletion.column, [...path, 'delete', 'column']);
    for (const [index, also] of alsoDelete.entries()) {
      this.#column(also.file, also.column, [...path, 'alsoDelete', index, 'column']);
      for (const column of Object.keys(also.where ?? {})) {
        this.#column(also.file, column, [...path, 'alsoDelete', index, 'where', column]);
      }
    }
  }

  membership(membership: WrittenMembership, path: Path, member: WrittenEntity, groups: WrittenEntity): void {
    if ('column' in membership) {
      this.#column(member.file, membership.column, [...path, 'column']);
      this.#unwritten(member, membership.column, [...path, 'column']);
    } else if ('groupColumn' in membership) {
      this.#column(groups.file, membership.groupColumn, [...path, 'groupColumn']);
      this.#unwritten(groups, membership.groupColumn, [...path, 'groupColumn']);
    } else {
      const { file, member: memberColumn, group, where = {}, newRows = {} } = membership;
      this.#column(file, memberColumn, [...path, 'member']);
      this.#column(file, group, [...path, 'group']);
      this.#constants(file, { where, newRows }, [memberColumn, group], path);
    }
  }

  #constants(
    file: string,
    constants: Readonly<Record<'where' | 'newRows', Readonly<Record<string, string>>>>,
    written: readonly string[],
    path: Path,
  ): void {
    for (const name of ['where', 'newRows'] as const) {
      for (const column of Object.keys(constants[name])) {
        this.#column(file, column, [...path, name, column]);
        const twice = written.includes(column) || (name === 'newRows' && Object.hasOwn(constants.where, column));
        if (twice) this.#problems.add([...path, name, column], `The column "${column}" would be written twice.`);
      }
    }
  }

  #unwritten({ columns }: WrittenEntity, column: string, path: Path): void {
    if (Object.hasOwn(columns, column)) this.#problems.add(path, `The column "${column}" would be written twice.`);
  }

  #column(file: string, column: string, path: Path): void {
    const known = this.#columns.get(file);
    if (known === undefined || known.includes(column)) return;
    this.#problems.add(
      path,
      `${file} has no column "${column}".${didYouMean(column, known)}`,
      `Columns are: ${known.join(', ')}.`,
    );
  }
}
