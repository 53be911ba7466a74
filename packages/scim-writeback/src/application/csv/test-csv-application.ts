import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WireGroup, WireUser } from '@oaa-kit/oaa';
import { buildPayload, parseMapping } from '@oaa-kit/oaa/sources';
import { attributeMapping } from '../../attributes/attribute-mapping.ts';
import type { ApplicationOperation, MemberSnapshot, ResourceSnapshot } from '../../directory/write-back.ts';
import { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../../protocol/schemas/resource-types.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { type CheckedAdapter, type CsvAdapterOptions, createCsvAdapter } from './csv-adapter.ts';
import type { StepSeam } from './file/commit.ts';

const mappings = {
  users: attributeMapping(new ResourceSchema(userResourceType)),
  groups: attributeMapping(new ResourceSchema(groupResourceType)),
};

/** A small shop: its users, teams and grants. */
export const shopMapping = `application: { name: Shop, type: Shop }
properties: { user: { title: STRING } }
permissions: [{ name: sell, effects: [DataRead] }]
sources:
  - file: users.csv
    map:
      - user:
          name: login
          email: mail
          isActive: { column: active, "true": ["yes"], "false": ["no"] }
          groups: { column: teams, list: ";" }
          properties: { title: title }
  - file: teams.csv
    map: [{ group: { name: team, groups: { column: part_of, list: ";" } } }]
  - file: grants.csv
    map:
      - assignment: { when: { column: kind, equals: user }, user: holder, permissions: [{ permission: right }] }
      - assignment: { when: { column: kind, equals: team }, group: holder, permissions: [{ permission: right }] }
writeBack:
  users:
    file: users.csv
    key: login
    columns:
      login: userName
      mail: emails
      title: title
      active: { attribute: active, "true": "yes", "false": "no" }
    newRows: { note: new }
    alsoDelete: [{ file: grants.csv, column: holder, where: { kind: user } }]
  groups:
    file: teams.csv
    key: team
    columns: { team: displayName }
    alsoDelete: [{ file: grants.csv, column: holder, where: { kind: team } }]
  memberships:
    users: { column: teams, list: ";" }
    groups: { column: part_of, list: ";" }
`;

export const shopFiles = {
  'users.csv': `login,mail,title,active,teams,note\njane,jane@example.com,"Head, sales",yes,Sales;All,"x ""y"""\nkim,,,no,,\n`,
  'teams.csv': 'team,part_of\nAll,\nSales,All\n',
  'grants.csv': 'kind,holder,right\nuser,jane,sell\nteam,Sales,sell\nuser,kim,sell\n',
};

/** An application of CSV files in a folder of its own. */
export interface CsvApplication {
  readonly folder: string;
  readonly adapter: CheckedAdapter;
  /** What the connector extracts. */
  read(): Promise<{
    readonly users: readonly WireUser[];
    readonly groups: readonly WireGroup[];
    readonly text: string;
  }>;
  file(name: string): Promise<string>;
  bytes(name: string): Promise<Buffer>;
  /** Names of all files, those that begin with a dot too. */
  names(): Promise<readonly string[]>;
  /** Applies an operation under a key of its own, unless told otherwise. */
  apply(operation: ApplicationOperation, idempotencyKey?: string): ReturnType<CheckedAdapter['apply']>;
}

export async function csvApplication(
  files: Readonly<Record<string, string | Uint8Array>> = shopFiles,
  mapping = shopMapping,
  options: Partial<CsvAdapterOptions> & { readonly step?: StepSeam } = {},
): Promise<CsvApplication> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'oaa-csv-')));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const document = parseMapping(mapping, join(folder, 'mapping.yaml'));
  const { step, ...given } = options;
  const adapter = createCsvAdapter({ mapping: document, ...mappings, ...given }, step);
  let count = 0;
  return {
    folder,
    adapter,
    read: async () => {
      const { payload } = await buildPayload(document);
      const wire = payload.toJSON();
      return {
        users: wire.applications.flatMap(({ local_users }) => local_users ?? []),
        groups: wire.applications.flatMap(({ local_groups }) => local_groups ?? []),
        text: JSON.stringify(wire),
      };
    },
    file: (name) => readFile(join(folder, name), 'utf8'),
    bytes: (name) => readFile(join(folder, name)),
    names: async () => {
      // What was replaced is kept for a while.
      await adapter.close();
      return (await readdir(folder)).sort();
    },
    apply: (operation, idempotencyKey) => {
      count += 1;
      return adapter.apply(operation, call(idempotencyKey ?? `operation ${count}`));
    },
  };
}

export function call(idempotencyKey: string) {
  return { idempotencyKey, attempt: 1, signal: new AbortController().signal };
}

/** A user of which the application is known by `userName`, unless it is new. */
export function user(
  userName: string,
  attributes: ScimObject = {},
  nativeId: string | undefined = userName,
): ResourceSnapshot {
  return {
    kind: 'User',
    id: `id-${userName}`,
    key: `id-${userName}`,
    nativeId,
    attributes: { userName, ...attributes },
  };
}

export function newUser(userName: string, attributes: ScimObject = {}): ResourceSnapshot {
  return { ...user(userName, { active: true, ...attributes }), nativeId: undefined };
}

export function group(displayName: string, nativeId: string | undefined = displayName): ResourceSnapshot {
  return { kind: 'Group', id: `id-${displayName}`, key: `id-${displayName}`, nativeId, attributes: { displayName } };
}

export function newGroup(displayName: string): ResourceSnapshot {
  return { ...group(displayName), nativeId: undefined };
}

export function member(kind: MemberSnapshot['kind'], name: string): MemberSnapshot {
  return { kind, id: `id-${name}`, key: `id-${name}`, nativeId: name, name };
}
