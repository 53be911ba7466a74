import { foldKey, type PropertyDefinitions, type WireApplicationProperties } from '@oaa-kit/oaa';
import type { AttributeMapping } from '../attributes/attribute-mapping.ts';
import { mergeDefinitions } from '../attributes/merge-definitions.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type { Quarantine } from './quarantine.ts';
import type { Report } from './report.ts';

const definitionKeys = { User: 'local_user_properties', Group: 'local_group_properties' } as const;

/** How the properties of a payload are defined, and the mapping as far as it fits. */
export interface SettledDefinitions {
  readonly applications: readonly WireApplicationProperties[];
  readonly mapping: Readonly<Record<ResourceKind, AttributeMapping>>;
}

/**
 * Adds the definitions of the mapping to those of a base. A SCIM attribute whose property the base defines with another type
 * is quarantined: the base's property stands, and the attribute is not published.
 */
export function settleDefinitions(
  base: readonly WireApplicationProperties[],
  applicationType: string,
  mapping: Readonly<Record<ResourceKind, AttributeMapping>>,
  quarantine: Quarantine,
  report: Report,
): SettledDefinitions {
  const isOurs = (one: WireApplicationProperties) => foldKey(one.application_type) === foldKey(applicationType);
  const present = base.find(isOurs) ?? { application_type: applicationType };
  const settle = (kind: ResourceKind) => {
    const unwanted = quarantine.properties(kind);
    const listed = present[definitionKeys[kind]];
    const { definitions, diagnostics } = mergeDefinitions(listed, mapping[kind]);
    diagnostics.forEach(report);
    return {
      definitions: Object.fromEntries(Object.entries(definitions).filter(([name]) => !unwanted.has(foldKey(name)))),
      mapping: fitting(mapping[kind], definitions),
    };
  };
  const [users, groups] = [settle('User'), settle('Group')];
  const ours = {
    ...present,
    ...(Object.keys(users.definitions).length > 0 && { local_user_properties: users.definitions }),
    ...(Object.keys(groups.definitions).length > 0 && { local_group_properties: groups.definitions }),
  };
  const applications = base.some(isOurs) ? base.map((one) => (one === present ? ours : one)) : [...base, ours];
  return { applications, mapping: { User: users.mapping, Group: groups.mapping } };
}

/** The mapping without the attributes whose property is of another type. */
function fitting(mapping: AttributeMapping, definitions: PropertyDefinitions): AttributeMapping {
  const types = new Map(Object.entries(definitions).map(([name, type]) => [foldKey(name), type]));
  const properties = mapping.properties.filter(({ name, type }) => types.get(foldKey(name)) === type);
  if (properties.length === mapping.properties.length) return mapping;
  const byName = new Map(properties.map((property) => [foldKey(property.name), property]));
  return { ...mapping, properties, byName };
}
