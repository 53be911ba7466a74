import { sql } from 'kysely';
import type { ResolvedPath } from '../../../protocol/schemas/resource-schema.ts';
import type { AttributeType } from '../../../protocol/schemas/schema.ts';
import type { ResourceKind } from '../../directory.ts';
import type { Tables } from '../tables.ts';
import type { Column } from './column.ts';

const column = <Value>(name: keyof Tables['resources']) => sql<Value>`${sql.ref(`resources.${name}`)}`;

interface Known {
  /** Of the attribute; a custom schema may have another of the same name. */
  readonly type: AttributeType;
  readonly column: Column;
}

const common: readonly (readonly [path: string, known: Known])[] = [
  ['id', { type: 'string', column: { type: 'text', caseExact: true, value: column('id') } }],
  ['externalId', { type: 'string', column: { type: 'text', caseExact: true, value: column('external_id') } }],
  ['displayName', { type: 'string', column: { type: 'text', caseExact: false, value: column('display_name') } }],
  ['meta.created', { type: 'dateTime', column: { type: 'instant', value: column('created') } }],
  ['meta.lastModified', { type: 'dateTime', column: { type: 'instant', value: column('last_modified') } }],
  // It depends on where the service is mounted, which a directory does not know.
  ['meta.location', { type: 'reference', column: { type: 'absent' } }],
];

const columns: Readonly<Record<ResourceKind, ReadonlyMap<string, Known>>> = {
  User: new Map([
    ...common,
    ['meta.resourceType', resourceType('User')],
    ['userName', { type: 'string', column: { type: 'text', caseExact: false, value: column('user_name') } }],
    ['active', { type: 'boolean', column: { type: 'flag', value: column('active') } }],
  ]),
  Group: new Map([...common, ['meta.resourceType', resourceType('Group')]]),
};

function resourceType(kind: ResourceKind): Known {
  return {
    type: 'string',
    column: { type: 'choice', value: column('kind'), choices: [{ stored: kind, shown: kind }] },
  };
}

/** The column of the table `resources` that has all values of an attribute, if there is one. */
export function resourceColumn({ extension, attribute, sub }: ResolvedPath, kind: ResourceKind): Column | undefined {
  if (extension !== undefined || attribute.multiValued || sub?.multiValued) return undefined;
  const known = columns[kind].get(sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`);
  return known?.type === (sub ?? attribute).type ? known?.column : undefined;
}
