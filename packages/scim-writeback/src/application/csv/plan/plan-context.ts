import type { WriteBack, WrittenEntity } from '@oaa-kit/oaa/sources';
import type { AttributeMapping } from '../../../attributes/attribute-mapping.ts';
import type { ResourceKind } from '../../../directory/directory.ts';
import { Refusal } from '../refusal.ts';

/** What operations are planned against. */
export interface PlanContext {
  readonly writeBack: WriteBack;
  readonly mappings: Readonly<Record<ResourceKind, AttributeMapping>>;
}

/** How users or groups are written. @throws Refusal where the mapping says nothing of groups */
export function entityOf(kind: ResourceKind, { writeBack }: PlanContext): WrittenEntity {
  const entity = kind === 'User' ? writeBack.users : writeBack.groups;
  if (entity === undefined) throw new Refusal('The application does not take changes of groups (writeBack.groups)');
  return entity;
}
