import { type DiagnosticList, joinPath } from '../../diagnostics.ts';
import { isObject, type JsonObject, listOf, own, textOf } from '../../json.ts';
import { foldKey } from '../../keys.ts';
import { isPropertyName, type PropertyType, propertyTypes } from '../../properties.ts';

/** Property definitions of one kind of entity, as they stand in a payload. */
export class DefinitionTable {
  readonly path: string;
  readonly #types = new Map<string, PropertyType>();
  readonly #names: string[] = [];

  constructor(path: string) {
    this.path = path;
  }

  typeOf(name: string): PropertyType | undefined {
    return this.#types.get(foldKey(name));
  }

  names(): readonly string[] {
    return this.#names;
  }

  read(list: DiagnosticList, definitions: JsonObject): void {
    for (const [name, type] of Object.entries(definitions)) {
      if (!isPropertyName(name)) {
        list.error(
          'property-name',
          joinPath(this.path, name),
          `"${name}" is not a name for a custom property.`,
          'Use letters and underscores only, starting with a letter; digits are not allowed.',
        );
      }
      if (this.#types.has(foldKey(name))) {
        list.error(
          'duplicate-key',
          joinPath(this.path, name),
          `The property "${name}" is defined twice; case does not count.`,
        );
      }
      if (propertyTypes.includes(type as PropertyType)) {
        this.#types.set(foldKey(name), type as PropertyType);
        this.#names.push(name);
      }
    }
  }
}

const kindKeys = {
  application: 'application_properties',
  user: 'local_user_properties',
  group: 'local_group_properties',
  role: 'local_role_properties',
  roleAssignment: 'role_assignment_properties',
  accessCredential: 'local_access_creds_properties',
} as const;

/** The definitions of one application type. */
export interface TypeDefinitions {
  readonly kinds: Readonly<Record<keyof typeof kindKeys, DefinitionTable>>;
  /** By folded resource type. */
  readonly resources: ReadonlyMap<string, DefinitionTable>;
}

function readType(list: DiagnosticList, entry: JsonObject, path: string): TypeDefinitions {
  const kinds = {} as Record<keyof typeof kindKeys, DefinitionTable>;
  for (const [kind, key] of Object.entries(kindKeys) as [keyof typeof kindKeys, string][]) {
    const table = new DefinitionTable(joinPath(path, key));
    const definitions = own(entry, key);
    if (isObject(definitions)) table.read(list, definitions);
    kinds[kind] = table;
  }
  for (const name of kinds.roleAssignment.names()) {
    if (kinds.role.typeOf(name) === undefined) continue;
    list.error(
      'property-name',
      joinPath(kinds.roleAssignment.path, name),
      `The property "${name}" is defined for roles and for role assignments.`,
      'The two need different names.',
    );
  }
  const resources = new Map<string, DefinitionTable>();
  const entries = listOf(entry, 'resources');
  for (let index = 0; index < entries.length; index += 1) {
    const resource = entries[index];
    const resourceType = isObject(resource) ? textOf(resource, 'resource_type') : undefined;
    if (!isObject(resource) || resourceType === undefined) continue;
    const known = resources.get(foldKey(resourceType));
    if (known !== undefined) {
      list.error(
        'duplicate-key',
        joinPath(path, 'resources', index),
        `Resource type "${resourceType}" is defined twice.`,
      );
    }
    const table = known ?? new DefinitionTable(joinPath(path, 'resources', index, 'properties'));
    const definitions = own(resource, 'properties');
    if (isObject(definitions)) table.read(list, definitions);
    resources.set(foldKey(resourceType), table);
  }
  return { kinds, resources };
}

/** Reads `custom_property_definition` and reports bad and doubled definitions. Keyed by folded application type. */
export function readDefinitions(list: DiagnosticList, payload: JsonObject): ReadonlyMap<string, TypeDefinitions> {
  const tables = new Map<string, TypeDefinitions>();
  const root = own(payload, 'custom_property_definition');
  const entries = isObject(root) ? listOf(root, 'applications') : [];
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    const applicationType = isObject(entry) ? textOf(entry, 'application_type') : undefined;
    if (!isObject(entry) || applicationType === undefined) continue;
    const path = joinPath('$', 'custom_property_definition', 'applications', index);
    if (tables.has(foldKey(applicationType))) {
      list.error('duplicate-key', path, `Properties of application type "${applicationType}" are defined twice.`);
      continue;
    }
    tables.set(foldKey(applicationType), readType(list, entry, path));
  }
  return tables;
}
