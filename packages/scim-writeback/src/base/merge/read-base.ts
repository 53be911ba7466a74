import {
  foldKey,
  InputError,
  type WireApplication,
  type WireApplicationPayload,
  type WireGroup,
  type WireUser,
} from '@oaa-kit/oaa';
import type { AttributeMapping } from '../../attributes/attribute-mapping.ts';
import { silentGroupPaths, silentUserPaths } from '../../attributes/silent-paths.ts';
import type { ResourceKind } from '../../directory/directory.ts';

/** A local user or local group of a base. */
export interface BaseRow<Entity extends WireUser | WireGroup = WireUser | WireGroup> {
  /** What references name it by, and with that its native id: its `id`, else its `name`. */
  readonly key: string;
  /** `key` folded with `foldKey`: no two rows of a kind share it. */
  readonly foldedKey: string;
  readonly entity: Entity;
}

/** What the connector extracted of an application, read for merging. */
export interface Base {
  readonly payload: WireApplicationPayload;
  readonly application: WireApplication;
  readonly users: readonly BaseRow<WireUser>[];
  readonly groups: readonly BaseRow<WireGroup>[];
  readonly permissions: WireApplicationPayload['permissions'];
  readonly grants: WireApplicationPayload['identity_to_permissions'];
  /** The paths of which it says nothing of anybody. */
  readonly silent: Readonly<Record<ResourceKind, ReadonlySet<string>>>;
}

/** The attribute mappings of both kinds. */
export type Mappings = Readonly<Record<ResourceKind, AttributeMapping>>;

/**
 * Reads a payload that `validate` found no error in.
 *
 * @throws InputError `payload-invalid` unless it describes exactly one application, and all of it
 */
export function readBase(payload: WireApplicationPayload, mappings: Mappings): Base {
  // Validation lets payloads through that leave these out.
  const {
    custom_property_definition: definition,
    permissions = [],
    identity_to_permissions: grants = [],
  }: Partial<WireApplicationPayload> = payload;
  const { applications: definitions = [] }: Partial<WireApplicationPayload['custom_property_definition']> =
    definition ?? {};
  const [application, ...others] = payload.applications;
  if (application === undefined || others.length > 0) {
    throw new InputError(
      'payload-invalid',
      `A base is what was extracted from one application; this payload describes ${payload.applications.length}.`,
      { hint: 'Give each application an organization of its own, and submit one base to each.' },
    );
  }
  if (payload.incremental_change === true) {
    throw new InputError(
      'payload-invalid',
      'A base is all that the application has; this payload is incremental, and what it leaves out would be deleted.',
      { hint: 'Have the connector extract everything.' },
    );
  }
  const users = (application.local_users ?? []).map(rowOf);
  const groups = (application.local_groups ?? []).map(rowOf);
  const properties = definitions.find(
    ({ application_type }) => foldKey(application_type) === foldKey(application.application_type),
  );
  const entities = users.map(({ entity }) => entity);
  return {
    payload,
    application,
    users,
    groups,
    permissions,
    grants,
    silent: {
      User: silentUserPaths(entities, properties?.local_user_properties, mappings.User),
      Group: silentGroupPaths(properties?.local_group_properties, mappings.Group),
    },
  };
}

function rowOf<Entity extends WireUser | WireGroup>(entity: Entity): BaseRow<Entity> {
  const key = entity.id ?? entity.name;
  return { key, foldedKey: foldKey(key), entity };
}
