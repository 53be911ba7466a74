import { InputError } from '../../errors/errors.ts';
import { foldKey, KeyMap } from '../keys.ts';
import { type PropertyDefinitions, PropertySchema } from '../properties.ts';
import type { WireApplicationProperties } from './wire.ts';

/** Custom property definitions of an application type, by kind of entity. */
export interface ApplicationProperties {
  readonly application?: PropertyDefinitions;
  readonly user?: PropertyDefinitions;
  readonly group?: PropertyDefinitions;
  readonly role?: PropertyDefinitions;
  /** Names must differ from those of `role`. */
  readonly roleAssignment?: PropertyDefinitions;
  readonly accessCredential?: PropertyDefinitions;
  /** By resource type; they hold for sub-resources of that type too. */
  readonly resources?: Readonly<Record<string, PropertyDefinitions>>;
}

type Kind = Exclude<keyof ApplicationProperties, 'resources'>;

/** No definitions: a value for any property would have to be of no type. */
export type Nothing = Readonly<Record<string, never>>;

/** The definitions of one kind of entity; nothing where none are given. */
export type DefinitionsOf<
  Properties extends ApplicationProperties,
  Name extends Kind,
> = Properties[Name] extends PropertyDefinitions ? Properties[Name] : Nothing;

/** The definitions of one resource type; nothing where none are given. */
export type ResourceDefinitionsOf<Properties extends ApplicationProperties, ResourceType extends string> =
  Properties['resources'] extends Readonly<Record<string, PropertyDefinitions>>
    ? ResourceType extends keyof Properties['resources']
      ? Properties['resources'][ResourceType]
      : Nothing
    : Nothing;

/** Kinds in the order of the wire, with their wire keys and what messages call them. */
const kinds = [
  ['application', 'application_properties', 'application'],
  ['user', 'local_user_properties', 'local user'],
  ['group', 'local_group_properties', 'local group'],
  ['role', 'local_role_properties', 'local role'],
  ['roleAssignment', 'role_assignment_properties', 'role assignment'],
  ['accessCredential', 'local_access_creds_properties', 'access credential'],
] as const satisfies readonly (readonly [Kind, keyof WireApplicationProperties, string])[];

interface ResourceSchema {
  readonly resourceType: string;
  readonly schema: PropertySchema;
}

/** The tenant needs different names for properties of roles and of role assignments (reference 1.0.2). */
function checkDistinct(roleNames: readonly string[], assignmentNames: readonly string[]): void {
  const known = new Set(roleNames.map(foldKey));
  const name = assignmentNames.find((assignmentName) => known.has(foldKey(assignmentName)));
  if (name === undefined) return;
  throw new InputError('input-invalid', `Property "${name}" is defined for roles and for role assignments.`, {
    hint: 'The tenant needs different names for the two: rename one.',
  });
}

/** The definitions of one application type: those of all applications of that type in a payload, together. */
export class ApplicationPropertySchemas {
  readonly applicationType: string;
  #schemas: ReadonlyMap<Kind, PropertySchema> = new Map(
    kinds.map(([kind, , subject]) => [kind, new PropertySchema(subject)]),
  );
  #resources = new KeyMap<ResourceSchema>();

  constructor(applicationType: string) {
    this.applicationType = applicationType;
  }

  /**
   * Adds definitions: all of them, or none when it throws.
   * @throws InputError when a definition contradicts an earlier one or has a bad name.
   */
  define(properties: ApplicationProperties): void {
    const schemas = new Map(kinds.map(([kind]) => [kind, this.of(kind).with(properties[kind] ?? {})]));
    const resources = new KeyMap<ResourceSchema>();
    for (const known of this.#resources) resources.set(known.resourceType, known);
    for (const [name, definitions] of Object.entries(properties.resources ?? {})) {
      if (name.trim() === '') throw new InputError('input-invalid', 'A resource type must not be empty.');
      const resourceType = resources.get(name)?.resourceType ?? name;
      const schema = resources.get(name)?.schema ?? new PropertySchema(`resource type "${name}"`);
      resources.set(name, { resourceType, schema: schema.with(definitions) });
    }
    checkDistinct(schemas.get('role')?.names() ?? [], schemas.get('roleAssignment')?.names() ?? []);
    this.#schemas = schemas;
    this.#resources = resources;
  }

  of(kind: Kind): PropertySchema {
    return this.#schemas.get(kind) as PropertySchema;
  }

  ofResource(resourceType: string): PropertySchema {
    return this.#resources.get(resourceType)?.schema ?? new PropertySchema(`resource type "${resourceType}"`);
  }

  toWire(): WireApplicationProperties {
    const wire: Record<string, unknown> = { application_type: this.applicationType };
    for (const [kind, key] of kinds) if (this.of(kind).size > 0) wire[key] = this.of(kind).toWire();
    const resources = Array.from(this.#resources)
      .filter(({ schema }) => schema.size > 0)
      .map(({ resourceType, schema }) => ({ resource_type: resourceType, properties: schema.toWire() }));
    if (resources.length > 0) wire.resources = resources;
    return wire as unknown as WireApplicationProperties;
  }
}
