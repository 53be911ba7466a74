import { ScimError } from '../errors/scim-error.ts';
import { type Profile, standardProfile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { compileFilter } from './compile-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { users } from './test-resource-type.ts';

/** A profile that takes only what the RFC has. */
export const strictProfile: Profile = {
  ...standardProfile,
  unquotedFilterWords: 'reject',
  stringBooleans: 'reject',
  unknownFilterAttributes: 'reject',
};

/** Whether a resource matches the text of a filter. */
export function matches(
  text: string,
  resource: object,
  { schema = users, profile = standardProfile }: { schema?: ResourceSchema; profile?: Profile } = {},
): boolean {
  return compileFilter(parseFilter(text, profile), schema, profile)(stored(resource));
}

/** The refusal of a filter: `400 invalidFilter: detail`, or undefined where it is taken. */
export function refusal(
  text: string,
  { schema = users, profile = standardProfile }: { schema?: ResourceSchema; profile?: Profile } = {},
): string | undefined {
  try {
    compileFilter(parseFilter(text, profile), schema, profile);
    return undefined;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return `${error.status} ${error.scimType}: ${error.detail}`;
  }
}

/** A resource in the form in which it is stored: objects without a prototype. */
export function stored(resource: object): ScimObject {
  return JSON.parse(JSON.stringify(resource), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null), value)
      : value,
  ) as ScimObject;
}
