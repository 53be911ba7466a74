import type { ResolvedFilter } from '../protocol/filter/resolved-filter.ts';
import type { Page } from '../protocol/list/read-page.ts';
import type { MemberDelta } from '../protocol/patch/member-delta.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { Sort } from '../protocol/sort/read-sort.ts';
import type { BaseStore } from './bases.ts';
import type { CredentialStore } from './credentials.ts';
import type { HistoryStore } from './history.ts';
import type { PublicationStore } from './publications.ts';
import type { IntentStore, LinkStore } from './write-back.ts';

/** The resource types that a directory keeps, by their names. */
export type ResourceKind = 'User' | 'Group';

/** A resource as the directory keeps it. */
export interface StoredResource {
  readonly kind: ResourceKind;
  /** Given by the directory: never changed, never given again, case-sensitive. */
  readonly id: string;
  /** Everything but `id`, `meta`, the `groups` of a user and the `members` of a group. */
  readonly attributes: ScimObject;
  /** The attributes as JSON: an object with at least `schemas`. */
  readonly json: string;
  /** 1, 2, 3, ...: a change that changes nothing does not count. */
  readonly version: number;
  /** In the form of `canonicalInstant`, to the millisecond: `2011-05-13T04:42:34.5`, in UTC. */
  readonly created: string;
  readonly lastModified: string;
}

/** A member of a group. */
export interface GroupMember {
  readonly id: string;
  readonly kind: ResourceKind;
  /** The `displayName` of the member, or the `userName` of a user without one. */
  readonly display: string | undefined;
}

/** A group that a user is in, by itself or through a group in it. RFC 7643 s4.1.2. */
export interface Membership {
  readonly groupId: string;
  readonly display: string;
  readonly type: 'direct' | 'indirect';
}

/** Who changes something, and in the course of what. */
export interface ChangeContext {
  /** Label of the credential. */
  readonly actor: string;
  readonly requestId: string;
  readonly origin: 'scim' | 'extraction' | 'repair';
}

/** What a resource becomes. What is left out stays as it is. */
export interface ResourceChange {
  readonly attributes?: ScimObject | undefined;
  /** Of a group. */
  readonly members?: MemberDelta | undefined;
}

/** A member as a request names it. */
export interface NewMember {
  readonly id: string;
  /** What the request says that it is: kept of members that are no resources of the organization, where these are accepted. */
  readonly kind?: ResourceKind | undefined;
}

export interface NewResource {
  readonly attributes: ScimObject;
  /** Of a group; no id twice. */
  readonly members?: readonly NewMember[] | undefined;
}

/** What an update came to. */
export interface UpdateOutcome {
  readonly resource: StoredResource;
  /** False: nothing was changed, and version and time are as they were. */
  readonly changed: boolean;
}

export interface ResourceQuery {
  readonly filter?: ResolvedFilter | undefined;
  readonly sort: Sort;
  readonly page: Page;
  /** How many tests that no index answers the list may make: terms of the filter times resources. Default: any number. */
  readonly maxTests?: number | undefined;
}

export interface ResourcePage {
  /** Of the whole list. */
  readonly totalResults: number;
  readonly resources: readonly StoredResource[];
  /** They are in the order of their ids, and no other of the kind lies between them: `memberships` takes less time then. */
  readonly adjacent?: boolean;
}

/** One change of an organization's resources. Groups log who came and who went, never all members. */
export interface ChangeRow {
  /** 1, 2, 3, ... without gap, for each organization. */
  readonly revision: number;
  readonly kind: ResourceKind;
  readonly id: string;
  readonly operation: 'create' | 'update' | 'delete';
  /** What changed: values by attribute name (`null` for one that was taken away), ids of members by what happened to them. */
  readonly facts: ChangedFacts;
  readonly actor: string;
  readonly requestId: string;
  readonly origin: ChangeContext['origin'];
  readonly at: string;
}

export interface ChangedFacts {
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  /** Also those who were members already, and of whom it is told now that they are of the other kind. */
  readonly membersAdded?: readonly string[] | undefined;
  readonly membersRemoved?: readonly string[] | undefined;
  /** Of a deleted resource: the groups that it was taken out of. */
  readonly groupsLeft?: readonly string[] | undefined;
}

/**
 * The resources of one organization. Nothing in here sees or touches another organization's: what is not in this one is
 * not there.
 *
 * Every change is one transaction with its change row; it is durable when its promise resolves, and has had no effect when
 * it rejects. Changes of one resource happen one after the other. Any of them may reject with DirectoryBusyError or
 * DirectoryUnwritableError.
 */
export interface OrganizationDirectory {
  readonly organization: string;

  get(kind: ResourceKind, id: string): Promise<StoredResource | undefined>;

  /**
   * @throws ScimError 409 `uniqueness`; 400 `invalidValue` for a member that is not there (unless the directory takes
   * unknown members)
   */
  create(kind: ResourceKind, resource: NewResource, context: ChangeContext): Promise<StoredResource>;

  /**
   * Changes a resource to what `decide` says of its present state. `decide` has no effects and may be called several
   * times; what it throws ends the update without effect.
   *
   * @throws ScimError 404 when the resource is not there, and like `create`
   */
  update(
    kind: ResourceKind,
    id: string,
    decide: (current: StoredResource) => ResourceChange,
    context: ChangeContext,
  ): Promise<UpdateOutcome>;

  /**
   * Deletes a resource with its memberships in both directions. The groups that it was a member of get a new version.
   *
   * @param check what it throws stops the deletion: for preconditions
   * @throws ScimError 404 when the resource is not there
   */
  delete(
    kind: ResourceKind,
    id: string,
    check: (current: StoredResource) => void,
    context: ChangeContext,
  ): Promise<void>;

  /**
   * A page of the resources that match, in a total order: the same whatever the page.
   *
   * @throws ScimError 400 `tooMany` for more tests than the query allows; RetryLaterError where too many costly lists wait
   */
  list(kind: ResourceKind, query: ResourceQuery): Promise<ResourcePage>;

  /** Members of a group in the order of their ids, after the member `after`; fewer than `limit` at the end only. */
  members(groupId: string, after: string | undefined, limit: number): Promise<readonly GroupMember[]>;

  /**
   * The groups of each of these users, nested ones included, in the order of the users.
   *
   * @param adjacent as a page says it of them
   */
  memberships(userIds: readonly string[], adjacent?: boolean): Promise<readonly (readonly Membership[])[]>;

  /** The number of the last change; 0 before the first. */
  revision(): Promise<number>;

  /** Change rows after a revision, at most `limit`, in order. */
  changes(after: number, limit: number): Promise<readonly ChangeRow[]>;
}

export interface Organization {
  /** Part of every key; letters, digits, `-` and `_`, at most 64. */
  readonly id: string;
  readonly name: string;
  /** In the form of `canonicalInstant`, as all times of resources and changes: UTC without `Z`. */
  readonly createdAt: string;
}

export interface OrganizationStore {
  /** @throws InputError for an id that is taken or not usable */
  create(organization: { readonly id: string; readonly name: string }): Promise<Organization>;
  get(id: string): Promise<Organization | undefined>;
  list(): Promise<readonly Organization[]>;
}

/** The state of a SCIM service: organizations, strictly apart, with their resources and credentials. */
export interface Directory {
  readonly organizations: OrganizationStore;
  readonly credentials: CredentialStore;
  /** What is published of organizations with write-back. */
  readonly publications: PublicationStore;
  /** The resources of an organization, which has to be there. */
  organization(id: string): OrganizationDirectory;
  /** The changes of an organization that are on their way to its application. */
  intents(organization: string): IntentStore;
  /** What connectors extracted from the application of an organization. */
  bases(organization: string): BaseStore;
  links(organization: string): LinkStore;
  /** Who changed what in an organization. */
  history(organization: string): HistoryStore;
  /** How many resources there are, for metrics. */
  size(): Promise<readonly { readonly organization: string; readonly kind: ResourceKind; readonly count: number }[]>;
  /** @throws when the database cannot be read, or changes could not be kept: its file was deleted or replaced */
  checkReady(): Promise<void>;
  /** Finishes what was begun, then closes the database. */
  close(): Promise<void>;
}
