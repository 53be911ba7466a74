import { InputError } from '../../errors/index.ts';
import type { ApplicationPropertySchemas } from '../../payload/application/application-properties.ts';
import type { WireProperties } from '../../payload/application/wire.ts';
import { exceedsBytes, limits } from '../../payload/limits.ts';
import { tagProblem } from '../../payload/tags.ts';
import type { ApplicationHead } from './ledger/ledger-document.ts';
import type { MappingProblems } from './mapping-problems.ts';
import type { Mapping } from './mapping-schema.ts';

/** What all applications of the mapping have in common, checked as the tenant checks it. */
export function compileHead(
  { application }: Mapping,
  schemas: ApplicationPropertySchemas,
  problems: MappingProblems,
): ApplicationHead {
  const properties: Record<string, WireProperties[string]> = {};
  for (const [name, value] of Object.entries(application.properties ?? {})) {
    try {
      const [defined, wire] = schemas.of('application').check(name, value);
      properties[defined] = wire;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const hint = 'Define it under properties: application: of the mapping.';
      problems.add(['application', 'properties', name], error.message, hint);
    }
  }
  const tags = Object.entries(application.tags ?? {}).map(([key, value]) => ({ key, value }));
  for (const tag of tags) {
    const problem = tagProblem(tag);
    if (problem !== undefined) problems.add(['application', 'tags', tag.key], `${problem}.`);
  }
  if (application.description !== undefined && exceedsBytes(application.description, limits.descriptionBytes)) {
    problems.add(['application', 'description'], `The description is longer than ${limits.descriptionBytes} bytes.`);
  }
  return {
    type: application.type,
    description: application.description,
    properties,
    tags,
    definitions: schemas.toWire(),
  };
}
