import type { Generated } from 'kysely';
import type { ChangeContext, ChangeRow, ResourceKind } from '../directory.ts';
import type { WriteBackTables } from './write-back-tables.ts';

/** All tables. The organization leads every primary key and every index. */
export interface Tables extends WriteBackTables {
  organizations: {
    id: string;
    name: string;
    created_at: string;
    /** Number of the last change. */
    revision: Generated<number>;
  };
  resources: {
    organization: string;
    id: string;
    kind: ResourceKind;
    /** JSON of the attributes. */
    document: string;
    version: number;
    created: string;
    last_modified: string;
    /** Of a user, folded with `foldCase`. */
    user_name: string | null;
    external_id: string | null;
    /** Folded with `foldCase`. */
    display_name: string | null;
    /** 0, 1, or null where the resource does not say. */
    active: number | null;
    /** What a list of members, or of groups, calls it: the `displayName`, or the `userName` of a user without one. */
    display: string | null;
  };
  /** Values that no two resources of a kind share; folded where the attribute is not caseExact. */
  unique_values: {
    organization: string;
    kind: ResourceKind;
    /** Path of the attribute, with URN where it is an extension's. */
    attribute: string;
    value: string;
    id: string;
  };
  /** Texts within the values of multi-valued attributes, as `indexedText` has them. */
  searched_values: {
    organization: string;
    kind: ResourceKind;
    /** Name of the multi-valued attribute. */
    attribute: string;
    value: string;
    id: string;
  };
  members: {
    organization: string;
    group_id: string;
    member_id: string;
    member_kind: ResourceKind;
  };
  /** How many resources there are, so that counting does not mean reading them. */
  resource_counts: {
    organization: string;
    kind: ResourceKind;
    count: number;
  };
  changes: {
    organization: string;
    revision: number;
    kind: ResourceKind;
    id: string;
    operation: ChangeRow['operation'];
    /** JSON. */
    facts: string;
    actor: string;
    request_id: string;
    origin: ChangeContext['origin'];
    at: string;
  };
  credentials: {
    organization: string;
    id: string;
    kind: 'token' | 'basic';
    label: string;
    /** JSON list. */
    scopes: string;
    digest: string;
    user_name: string | null;
    created_at: string;
    expires_at: string | null;
    last_used_at: string | null;
    revoked_at: string | null;
  };
}
