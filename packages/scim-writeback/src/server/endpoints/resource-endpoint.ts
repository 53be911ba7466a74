import type { ResourceKind } from '../../directory/directory.ts';
import type { PageBounds } from '../../protocol/list/read-page.ts';
import type { Profile } from '../../protocol/profile.ts';
import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';

/** What sets `/Users` and `/Groups` apart. */
export interface ResourceEndpoint {
  readonly kind: ResourceKind;
  readonly schema: ResourceSchema;
  readonly profile: Profile;
  readonly bounds: PageBounds;
  /** Paths of both kinds, with a leading slash: resources refer to each other. */
  readonly paths: Readonly<Record<ResourceKind, string>>;
}
