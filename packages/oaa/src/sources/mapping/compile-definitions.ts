import {
  type ApplicationProperties,
  ApplicationPropertySchemas,
} from '../../payload/application/application-properties.ts';
import type { PropertyDefinitions } from '../../payload/properties.ts';
import type { MappingPath } from './compile-context.ts';
import type { MappingProblems } from './mapping-problems.ts';

/** The definitions of custom properties, entered one by one: a bad one is told with its place and harms no other. */
export async function compileDefinitions(
  applicationType: string,
  { resources = {}, ...kinds }: ApplicationProperties,
  problems: MappingProblems,
): Promise<ApplicationPropertySchemas> {
  const schemas = new ApplicationPropertySchemas(applicationType);
  const define = async (
    path: MappingPath,
    definitions: PropertyDefinitions,
    toProperties: (definitions: PropertyDefinitions) => ApplicationProperties,
  ): Promise<void> => {
    await problems.catching(path, () => schemas.define(toProperties({})));
    for (const [name, type] of Object.entries(definitions)) {
      await problems.catching([...path, name], () => schemas.define(toProperties({ [name]: type })));
    }
  };
  for (const [kind, definitions] of Object.entries(kinds)) {
    await define(['properties', kind], definitions ?? {}, (some) => ({ [kind]: some }));
  }
  for (const [type, definitions] of Object.entries(resources)) {
    await define(['properties', 'resources', type], definitions, (some) => ({ resources: { [type]: some } }));
  }
  return schemas;
}
