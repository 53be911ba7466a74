import { foldKey, type PropertyDefinitions, type PropertyType } from '@oaa-kit/oaa';
import { splitAttributePath } from '../protocol/schemas/attribute-path.ts';
import type { ResolvedPath, ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import type { Attribute, Schema } from '../protocol/schemas/schema.ts';
import { policyAttributes } from './policy-attributes.ts';
import { propertyName } from './property-name.ts';
import { isOwnPart, isReadable } from './readable.ts';
import { type NamedPath, settleNames } from './settle-names.ts';

/** A SCIM attribute with the custom property that carries it in a payload. */
export interface MappedProperty extends ResolvedPath {
  /** Of the custom property. */
  readonly name: string;
  readonly type: PropertyType;
  /** Of the SCIM attribute, as a PATCH names it: `name.givenName`, `urn:...:User:department`. */
  readonly path: string;
  /** The text of the attribute is the text of the property: nearly all are like this, and need no more work. */
  readonly isPlain: boolean;
  /** Of a complex attribute with several values: the sub-attributes that are carried. */
  readonly parts: readonly Attribute[];
}

/** How resources of one type and local users or local groups of a payload say the same. */
export interface AttributeMapping {
  readonly schema: ResourceSchema;
  /** In the order of custom properties. */
  readonly properties: readonly MappedProperty[];
  /** By `foldKey` of the property's name: the tenant does not tell names by case. */
  readonly byName: ReadonlyMap<string, MappedProperty>;
  /** For `local_user_properties` or `local_group_properties`; all of them, used or not, so that they are ever the same. */
  readonly definitions: PropertyDefinitions;
}

export interface AttributeMappingOptions {
  /**
   * Names of custom properties by SCIM path, where the rule gives one that is taken or not wanted:
   * `{ 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'hr_department' }`.
   */
  readonly propertyNames?: Readonly<Record<string, string>> | undefined;
}

/**
 * Maps the attributes of a resource type. Besides those that a local user or group has itself (name, email, identities,
 * is_active, created_at), that is: of the core schema the attributes of {@link policyAttributes}, each under its name
 * there; of extensions every attribute that may be read, named by {@link propertyName}, those of complex attributes one
 * by one. `lossyAttributes` lists what is left.
 *
 * Types are those that the tenant can compare by: BOOLEAN, NUMBER for integers, TIMESTAMP, STRING_LIST where there are
 * several simple values, else STRING; decimals are STRING, since nothing says that the tenant takes fractions. Several
 * complex values are one STRING, a JSON list. All attributes of the core schema come out as STRING.
 *
 * @throws InputError where two attributes come to the same name, and for `propertyNames` that the tenant would refuse or
 * that name no attribute; its diagnostics list them all.
 * @example attributeMapping(new ResourceSchema(userResourceType))
 */
export function attributeMapping(schema: ResourceSchema, options: AttributeMappingOptions = {}): AttributeMapping {
  const found = [
    ...coreProperties(schema),
    ...schema.type.extensions.flatMap((one) => extensionProperties(one.schema)),
  ];
  const names = settleNames([...ownNames(schema), ...found], options.propertyNames ?? {});
  const properties = found.map((property) => ({ ...property, name: names.get(property.path) ?? property.name }));
  return {
    schema,
    properties,
    byName: new Map(properties.map((property) => [foldKey(property.name), property])),
    definitions: Object.fromEntries(properties.map(({ name, type }) => [name, type])),
  };
}

/** What users carry elsewhere than in custom properties; still, no property should look like it. */
const ownAttributes = policyAttributes.filter(({ name }) => name === 'user_name' || name === 'emails');

function ownNames({ type }: ResourceSchema): readonly NamedPath[] {
  return type.name === 'User' ? ownAttributes.map((one) => ({ ...one, fixed: true })) : [];
}

function coreProperties(schema: ResourceSchema): readonly MappedProperty[] {
  return policyAttributes
    .filter((one) => (schema.type.name === 'User' ? !ownAttributes.includes(one) : one.name === 'external_id'))
    .flatMap(({ name, path }) => {
      const resolved = schema.resolve(splitAttributePath(path));
      // A name without URN may also find an attribute of an extension, which is mapped as such.
      if (resolved === undefined || resolved.extension !== undefined) return [];
      if (!isReadable(resolved.attribute) || !isReadable(resolved.sub ?? resolved.attribute)) return [];
      return [mapped(resolved, name, path)];
    });
}

function extensionProperties(extension: Schema): readonly MappedProperty[] {
  return extension.attributes.filter(isReadable).flatMap((attribute): readonly MappedProperty[] => {
    const path = `${extension.id}:${attribute.name}`;
    if (attribute.type !== 'complex' || attribute.multiValued) {
      return [mapped({ extension, attribute, sub: undefined }, propertyName(attribute.name), path)];
    }
    return (attribute.subAttributes ?? []).filter(isOwnPart).map((sub) => {
      return mapped({ extension, attribute, sub }, propertyName(attribute.name, sub.name), `${path}.${sub.name}`);
    });
  });
}

function mapped(place: ResolvedPath, name: string, path: string): MappedProperty {
  const attribute = place.sub ?? place.attribute;
  return {
    ...place,
    name,
    path,
    type: typeOf(attribute),
    isPlain: attribute.type === 'string' && !attribute.multiValued,
    parts: (attribute.subAttributes ?? []).filter(isOwnPart),
  };
}

function typeOf({ type, multiValued }: Attribute): PropertyType {
  if (type === 'complex') return 'STRING';
  if (multiValued) return 'STRING_LIST';
  if (type === 'boolean') return 'BOOLEAN';
  if (type === 'integer') return 'NUMBER';
  return type === 'dateTime' ? 'TIMESTAMP' : 'STRING';
}
