import { ScimError } from '../errors/scim-error.ts';
import { type Profile, standardProfile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { normaliseResource } from './normalise-resource.ts';
import { users } from './test-schemas.ts';

const core = users.type.schema.id;

interface Given {
  readonly schema?: ResourceSchema;
  readonly profile?: Partial<Profile>;
  readonly current?: ScimObject;
}

/** A user as it is stored, without what every user of these tests has. */
export function store(body: object, { schema = users, profile, current }: Given = {}): Record<string, unknown> {
  const input = { schemas: [schema.type.schema.id], userName: 'bjensen', ...body };
  const stored = normaliseResource(input, schema, { ...standardProfile, ...profile }, current);
  const { schemas: _, userName: __, active: ___, ...rest } = stored;
  return JSON.parse(JSON.stringify(rest));
}

/** What a body is refused with. */
export function refusal(body: unknown, { schema = users, profile, current }: Given = {}): string {
  try {
    normaliseResource(body, schema, { ...standardProfile, ...profile }, current);
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}: ${error.detail}`;
    throw error;
  }
  return 'accepted';
}

/** What a user with this is refused with. */
export const refusalOf = (body: object, given?: Given) =>
  refusal({ schemas: [core], userName: 'bjensen', ...body }, given);
