import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { ResourceKind } from '../directory.ts';

/** Whose resources are listed, and of what kind. */
export interface ListScope {
  readonly organization: string;
  readonly kind: ResourceKind;
  readonly schema: ResourceSchema;
}
