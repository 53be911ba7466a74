import { isObject, type JsonObject, listOf, own, textOf } from '../json.ts';
import type { DefinitionDifference } from './difference.ts';
import { factKey } from './identity-grants.ts';
import { type Keyed, paired } from './paired.ts';

interface Definition extends Pick<DefinitionDifference, 'applicationType' | 'of' | 'property'> {
  readonly type: unknown;
}

function* tablesOf(entry: JsonObject): Generator<readonly [of: string, table: JsonObject]> {
  for (const [key, table] of Object.entries(entry)) if (isObject(table)) yield [key, table];
  for (const resource of listOf(entry, 'resources')) {
    const table = isObject(resource) ? own(resource, 'properties') : undefined;
    if (isObject(resource) && isObject(table)) yield [`resources.${textOf(resource, 'resource_type') ?? ''}`, table];
  }
}

function* keyedDefinitions(payload: JsonObject): Generator<Keyed<Definition>> {
  const root = own(payload, 'custom_property_definition');
  for (const entry of isObject(root) ? listOf(root, 'applications') : []) {
    if (!isObject(entry)) continue;
    const applicationType = textOf(entry, 'application_type') ?? '';
    for (const [of, table] of tablesOf(entry)) {
      for (const [property, type] of Object.entries(table)) {
        yield [factKey(applicationType, of, property), { applicationType, of, property, type }];
      }
    }
  }
}

/** Definitions of custom properties, one by one. */
export function* definitionDifferences(before: JsonObject, after: JsonObject): Generator<DefinitionDifference> {
  const kind = 'propertyDefinitions';
  for (const [old, current] of paired(keyedDefinitions(before), keyedDefinitions(after))) {
    if (old === undefined) {
      const { type: _, ...definition } = current;
      yield { kind, change: 'added', ...definition };
      continue;
    }
    const { type: from, ...definition } = old;
    if (current === undefined) yield { kind, change: 'removed', ...definition };
    else if (from !== current.type) {
      yield { kind, change: 'changed', ...definition, fields: [{ field: 'type', from, to: current.type }] };
    }
  }
}
