import { foldKey } from '../../../payload/keys.ts';
import type { UnknownPolicy } from '../value-spec.ts';
import { GrantList } from './grant-list.ts';
import { GrowingInts } from './growing-ints.ts';
import { KeyTable } from './key-table.ts';
import { LinkList } from './link-list.ts';
import { Spool } from './spool.ts';

/** The part of the mapping that made a link or a grant: for messages, and for what to do where it leads to nothing. */
export interface Origin {
  /** The number of the source in the run. */
  readonly source: number;
  /** JSONPath into the mapping. */
  readonly path: string;
  readonly from: ReferenceOrigin;
  readonly to: ReferenceOrigin;
  /** Of the resources of a grant. */
  readonly target: ReferenceOrigin;
}

/** How one side of a link is read. */
export interface ReferenceOrigin {
  readonly column: string | undefined;
  readonly unknown: UnknownPolicy;
  /** What a permission that is made means; a role that is made gets one of its own name. */
  readonly effects?: readonly string[] | undefined;
}

/** Kinds of entities that can be given permissions and roles. */
export const identityKinds = ['users', 'groups', 'identities', 'credentials'] as const;
export type IdentityKind = (typeof identityKinds)[number];

const unplaced = -2;

/** What the rows say of one application. */
export class ApplicationLedger {
  readonly name: string;
  readonly users: KeyTable;
  readonly groups: KeyTable;
  readonly roles: KeyTable;
  readonly credentials: KeyTable;
  readonly identities: KeyTable;
  readonly resources: KeyTable;
  readonly userGroups = new LinkList();
  readonly userCredentials = new LinkList();
  readonly groupGroups = new LinkList();
  readonly roleRoles = new LinkList();
  /** To slots of the payload's permissions. */
  readonly rolePermissions = new LinkList();
  readonly permissionGrants: Readonly<Record<IdentityKind, GrantList>>;
  readonly roleGrants: Readonly<Record<IdentityKind, GrantList>>;
  /** The slot of the parent, by slot of the resource; -1 for top resources, `unplaced` for those only referred to. */
  readonly #parents = new GrowingInts();
  /** Resources that were only named as parents: their type, where the mapping gives one. */
  readonly impliedResources = new Map<
    number,
    { readonly segment: string; readonly type: string | undefined; readonly origin: number; readonly line: number }
  >();

  constructor(name: string, spool: Spool) {
    this.name = name;
    this.users = new KeyTable('user', spool);
    this.groups = new KeyTable('group', spool);
    this.roles = new KeyTable('role', spool);
    this.credentials = new KeyTable('access credential', spool);
    this.identities = new KeyTable('identity', spool);
    this.resources = new KeyTable('resource', spool);
    const grants = () => ({
      users: new GrantList(),
      groups: new GrantList(),
      identities: new GrantList(),
      credentials: new GrantList(),
    });
    this.permissionGrants = grants();
    this.roleGrants = grants();
  }

  parentOf(resource: number): number {
    return resource < this.#parents.length ? this.#parents.at(resource) : unplaced;
  }

  /** Puts a resource below another, or -1 for the top. Returns whether it was not somewhere else before. */
  place(resource: number, parent: number): boolean {
    const known = this.parentOf(resource);
    if (known !== unplaced) return known === parent;
    while (this.#parents.length <= resource) this.#parents.push(unplaced);
    this.#parents.set(resource, parent);
    return true;
  }

  /** The elements of a placed resource's path, from the top. */
  pathOf(resource: number): string[] {
    const parent = this.parentOf(resource);
    const key = this.resources.key(resource);
    if (parent < 0) return [key];
    return [...this.pathOf(parent), key.slice(this.resources.key(parent).length + 1)];
  }

  /** Whether ids are used for users, groups or roles: then all of them get one. */
  get usesIds(): boolean {
    return this.users.withId + this.groups.withId + this.roles.withId > 0;
  }

  get isEmpty(): boolean {
    return [this.users, this.groups, this.roles, this.credentials, this.identities, this.resources].every(
      (table) => table.slots === 0,
    );
  }
}

/** What the rows of all sources say: keys, links and grants in compact form, the entities' own values as texts. */
export class Ledger {
  readonly spool: Spool;
  readonly permissions: KeyTable;
  readonly origins: Origin[] = [];
  readonly #applications = new Map<string, ApplicationLedger>();
  readonly #texts: string[] = [];
  readonly #textNumbers = new Map<string, number>();

  constructor(spoolBytes: number) {
    this.spool = new Spool(spoolBytes);
    this.permissions = new KeyTable('permission', this.spool);
  }

  get applications(): Iterable<ApplicationLedger> {
    return this.#applications.values();
  }

  /** The application of that name, made when there is none. */
  application(name: string): ApplicationLedger {
    const folded = foldKey(name);
    const known = this.#applications.get(folded);
    if (known !== undefined) return known;
    const application = new ApplicationLedger(name, this.spool);
    this.#applications.set(folded, application);
    return application;
  }

  /** Leaves out an application that no row said anything of. */
  forget(application: ApplicationLedger): void {
    this.#applications.delete(foldKey(application.name));
  }

  addOrigin(origin: Origin): number {
    return this.origins.push(origin) - 1;
  }

  /** The number of a text that many grants share. */
  textNumber(text: string): number {
    const known = this.#textNumbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.push(text) - 1;
    this.#textNumbers.set(text, number);
    return number;
  }

  text(number: number): string {
    return this.#texts[number] as string;
  }
}
