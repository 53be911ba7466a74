import type { Profile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { ResourceDraft } from './resource-draft.ts';
import type { Work } from './work.ts';

/** What is needed while operations are applied. */
export interface Patching {
  readonly schema: ResourceSchema;
  readonly profile: Profile;
  readonly draft: ResourceDraft;
  readonly work: Work;
}
