import type { ResourceKind } from '../../directory/directory.ts';
import type { Profile } from '../../protocol/profile.ts';
import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { SelectionPlan } from '../../protocol/selection/compile-selection.ts';
import type { WholeTextTest } from '../answers/whole-text.ts';
import type { ServiceLimits } from '../scim-service.ts';

/** What sets `/Users` and `/Groups` apart. */
export interface ResourceEndpoint {
  readonly kind: ResourceKind;
  readonly schema: ResourceSchema;
  /** How resources are shown to whoever does not say what to show: compiled once, since most requests do not. */
  readonly defaultPlan: SelectionPlan;
  /** For `defaultPlan`. */
  readonly isWhole: WholeTextTest;
  readonly profile: Profile;
  readonly limits: ServiceLimits;
  /** Paths of both kinds, with a leading slash: resources refer to each other. */
  readonly paths: Readonly<Record<ResourceKind, string>>;
}
