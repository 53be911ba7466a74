import type { WireApplicationPayload, WireGroup, WireUser } from '@oaa-kit/oaa';
import type { IdentityStyle } from './identity-histories.ts';

/** An account, or a group, of which it is known who it truly is, whatever it is called. */
export class KnownAccount {
  readonly number: number;
  /** In rows of bases, and the name of the permission that it alone has. */
  readonly mark: string;
  /** What it is called in the application. */
  name: string;
  /** What it has been called since a base showed it last. */
  names: string[];
  /** What the directory has called it since the extraction that is under way began. */
  scimNames: string[] = [];
  /** Whether the directory has its native id: the adapter has told it, or a base has shown it. */
  isKnown = false;
  /** Whether it was fired or renamed behind the back of SCIM. */
  hasLeft = false;
  /** Whether it was in the application once and is not any more. */
  isGone = false;
  isDeletedOverScim = false;
  /** Whether it was taken for one who had its name before a rename that was in flight. */
  isMistaken = false;

  constructor(number: number, name: string) {
    this.number = number;
    this.mark = `n${number}`;
    this.name = name;
    this.names = [name];
  }

  rename(name: string): void {
    this.name = name;
    this.names.push(name);
  }

  /** Names from before do not count any more. */
  shownAs(name: string): void {
    this.isKnown = true;
    this.names = this.names.slice(Math.max(0, this.names.lastIndexOf(name)));
  }
}

/** A base with the accounts that its rows are of. */
export interface Extraction {
  readonly payload: WireApplicationPayload;
  readonly rows: readonly { readonly account: KnownAccount; readonly name: string }[];
}

/** All accounts that an application has or had, and whose each SCIM id is. */
export class KnownAccounts {
  readonly style: IdentityStyle;
  readonly present = new Set<KnownAccount>();
  /** By SCIM id, also of deleted resources. */
  readonly owners = new Map<string, KnownAccount>();
  #count = 0;

  constructor(style: IdentityStyle) {
    this.style = style;
  }

  /** Somebody who is not there yet. */
  somebody(name: string): KnownAccount {
    this.#count += 1;
    return new KnownAccount(this.#count, name);
  }

  named(name: string): KnownAccount | undefined {
    return [...this.present].find((account) => account.name === name);
  }

  /** What a base calls it. */
  keyOf({ mark, name }: KnownAccount): string {
    return this.style.ids ? mark : name;
  }

  /** Of those that the directory has. */
  idsOf(account: KnownAccount, directory: ReadonlySet<string>): readonly string[] {
    return [...directory].filter((id) => this.owners.get(id) === account);
  }

  /** One of those that the directory has, in the order in which they came: ids are new in each run. */
  choose(who: number, directory: ReadonlySet<string>): readonly [id: string, account: KnownAccount] | undefined {
    const known = [...this.owners].filter(([id]) => directory.has(id));
    const ordered = known.toSorted(([, one], [, other]) => one.number - other.number);
    return ordered[who % Math.max(1, ordered.length)];
  }

  /** A resource of whom nobody could tell who it is, and who has got another one. */
  disown(id: string): void {
    const owner = this.owners.get(id);
    if (owner === undefined) return;
    const nobody = this.somebody(owner.name);
    nobody.names = [...owner.names];
    nobody.scimNames = [...owner.scimNames];
    nobody.hasLeft = true;
    nobody.isMistaken = true;
    this.owners.set(id, nobody);
  }

  extract(): Extraction {
    const accounts = [...this.present];
    const { kind, ids } = this.style;
    const rows = accounts.map((account): WireUser & WireGroup => ({
      ...(ids && { id: account.mark }),
      name: account.name,
      custom_properties: { mark: account.mark },
    }));
    const properties = { mark: 'STRING' as const };
    return {
      rows: accounts.map((account) => ({ account, name: account.name })),
      payload: {
        custom_property_definition: {
          applications: [
            { application_type: 'Shop', local_user_properties: properties, local_group_properties: properties },
          ],
        },
        applications: [
          {
            name: 'Shop EU',
            application_type: 'Shop',
            description: null,
            local_users: kind === 'User' ? rows : [],
            local_groups: kind === 'Group' ? rows : [],
            local_roles: [],
            local_access_creds: [],
            resources: [],
            tags: [],
            custom_properties: {},
          },
        ],
        permissions: accounts.map(({ mark }) => ({ name: mark, permission_type: ['DataRead'] })),
        identity_to_permissions: accounts.map((account) => ({
          identity: this.keyOf(account),
          identity_type: kind === 'User' ? 'local_user' : 'local_group',
          application_permissions: [{ application: 'Shop EU', permission: account.mark, apply_to_application: true }],
        })),
      },
    };
  }
}
