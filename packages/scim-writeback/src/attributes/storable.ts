import { type Diagnostic, joinPath } from '@oaa-kit/oaa';
import { ScimError } from '../protocol/errors/scim-error.ts';
import { standardProfile } from '../protocol/profile.ts';
import { quote } from '../protocol/resource/names.ts';
import { normaliseValue } from '../protocol/resource/normalise-value.ts';
import type { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import type { ScimObject, ScimValue } from '../protocol/schemas/scim-value.ts';
import type { Draft } from './value-at.ts';

/**
 * Those of some core attributes that a directory can keep: a payload may have texts that are too long for an index, or no
 * well-formed Unicode. A required one that cannot be kept is an error, another a warning.
 */
export function storable(
  attributes: ScimObject,
  schema: ResourceSchema,
  who: string,
  diagnostics: Diagnostic[],
): Draft {
  const resource: Draft = Object.create(null);
  for (const [name, input] of Object.entries(attributes)) {
    const attribute = schema.attribute(name);
    if (attribute === undefined) continue;
    const value = readable(() => normaliseValue(input, attribute, name, schema, standardProfile));
    if (value !== undefined && !(attribute.required && isBlank(value))) {
      resource[name] = value;
      continue;
    }
    diagnostics.push({
      severity: attribute.required ? 'error' : 'warning',
      code: 'bad-value',
      path: joinPath('$', name),
      message: `What ${quote(who)} has for ${name} cannot be kept in a directory.`,
    });
  }
  return resource;
}

function readable(read: () => ScimValue | undefined): ScimValue | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

function isBlank(value: ScimValue): boolean {
  return typeof value === 'string' && value.trim() === '';
}
