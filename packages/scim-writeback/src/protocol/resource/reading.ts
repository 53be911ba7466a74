import type { Profile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Problems } from './problems.ts';

/** What is needed while a body is read. */
export interface Reading {
  readonly schema: ResourceSchema;
  readonly profile: Profile;
  readonly problems: Problems;
}
