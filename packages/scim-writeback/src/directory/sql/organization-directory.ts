import type {
  ChangeContext,
  NewResource,
  OrganizationDirectory,
  ResourceChange,
  ResourceKind,
  ResourceQuery,
  StoredResource,
} from '../directory.ts';
import { createResource } from './create-resource.ts';
import { deleteResource } from './delete-resource.ts';
import { findResource } from './find-resource.ts';
import { type ListOptions, listResources } from './list-resources.ts';
import { readChanges, readRevision } from './read-changes.ts';
import { readMembers } from './read-members.ts';
import { readMemberships } from './read-memberships.ts';
import type { Scope } from './scope.ts';
import type { SqlAccess } from './sql-access.ts';
import { updateResource } from './update-resource.ts';

/** The resources of one organization in a database. */
export class SqlOrganizationDirectory implements OrganizationDirectory {
  readonly #access: SqlAccess;
  readonly #scope: Scope;
  readonly #lists: ListOptions;

  /** @param lists shared by all organizations of the process */
  constructor(access: SqlAccess, scope: Scope, lists: ListOptions) {
    this.#access = access;
    this.#scope = scope;
    this.#lists = lists;
  }

  get organization(): string {
    return this.#scope.organization;
  }

  get(kind: ResourceKind, id: string) {
    return findResource(this.#access.read, this.#scope, kind, id);
  }

  create(kind: ResourceKind, resource: NewResource, context: ChangeContext) {
    return this.#access.write((db) => createResource(db, this.#scope, kind, resource, context));
  }

  update(kind: ResourceKind, id: string, decide: (current: StoredResource) => ResourceChange, context: ChangeContext) {
    return this.#access.write((db) => updateResource(db, this.#scope, kind, id, decide, context));
  }

  delete(kind: ResourceKind, id: string, check: (current: StoredResource) => void, context: ChangeContext) {
    return this.#access.write((db) => deleteResource(db, this.#scope, kind, id, check, context));
  }

  list(kind: ResourceKind, query: ResourceQuery) {
    const { schema } = this.#scope.kinds[kind];
    return listResources(this.#access.read, this.organization, kind, schema, query, this.#lists);
  }

  members(groupId: string, after: string | undefined, limit: number) {
    return readMembers(this.#access.read, this.#scope, groupId, after, limit);
  }

  memberships(userIds: readonly string[], adjacent = false) {
    return readMemberships(this.#access.read, this.#scope, userIds, adjacent);
  }

  revision() {
    return readRevision(this.#access.read, this.organization);
  }

  changes(after: number, limit: number) {
    return readChanges(this.#access.read, this.organization, after, limit);
  }
}
