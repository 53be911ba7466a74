import type { WireApplicationPayload } from '@oaa-kit/oaa';
import {
  type AdapterAnswer,
  type AdapterCall,
  type ApplicationAdapter,
  type ApplicationOperation,
  CustomAdapter,
  type MemberSnapshot,
  type ProbeAnswer,
  type ResourceSnapshot,
} from '@oaa-kit/scim-writeback/application';

/** How an application knows its accounts and teams, and what its adapter can do when the end of an operation is unknown. */
export interface ApplicationStyle {
  /** Whether a base has ids; else names are the keys. */
  readonly ids: boolean;
  /** Whether the adapter tells what the application calls what it created. */
  readonly tells: boolean;
  /** `keys`: it may be asked again. `look`: it is looked up. `people`: neither, so somebody has to look. */
  readonly repeats: 'keys' | 'look' | 'people';
}

export interface Account {
  readonly id: string;
  name: string;
  active: boolean;
  title: string | undefined;
  email: string | undefined;
  granted: boolean;
  /** Of the SCIM resource that it was created for. */
  readonly scimId: string | undefined;
}

export interface Team {
  readonly id: string;
  name: string;
  /** Ids of accounts and teams. */
  readonly members: Set<string>;
}

/** An operation that was carried out. */
export interface Effect {
  /** `<intent>.<number of the operation>`. */
  readonly key: string;
  readonly type: ApplicationOperation['type'];
}

const fold = (name: string) => name.toLowerCase();
const done: AdapterAnswer = { type: 'applied' };

/**
 * An application with its own truth: accounts, teams and grants, which SCIM changes through an adapter, and others behind its
 * back. Each account has a permission of its own, so that a grant tells whom it was made for.
 */
export class LawApplication {
  readonly style: ApplicationStyle;
  readonly accounts = new Map<string, Account>();
  readonly teams = new Map<string, Team>();
  /** All accounts that there ever were. */
  readonly everyone = new Map<string, Account>();
  /** By SCIM id of users that were deleted over SCIM, the ids of all accounts that had been there until then. */
  readonly released = new Map<string, ReadonlySet<string>>();
  readonly effects: Effect[] = [];
  readonly #answers = new Map<string, AdapterAnswer & { readonly type: 'applied' }>();
  #serial = 0;

  constructor(style: ApplicationStyle) {
    this.style = style;
    this.hire('root', { title: 'Owner', email: 'root@x.test', granted: true });
    const jane = this.hire('jane', { title: 'Clerk', email: 'jane@x.test', granted: true });
    this.hire('kim', { granted: true });
    const [sales, ops] = [this.found('Sales'), this.found('Ops')];
    if (jane !== undefined && sales !== undefined) {
      sales.members.add(jane.id);
      ops?.members.add(sales.id);
    }
  }

  /** An account that is made behind the back of SCIM; undefined when the name is taken. */
  hire(name: string, more: Partial<Pick<Account, 'title' | 'email' | 'granted' | 'scimId' | 'active'>> = {}) {
    if (this.accountNamed(name) !== undefined) return undefined;
    this.#serial += 1;
    const id = `n${this.#serial}`;
    const { title, email, granted = false, scimId, active = true } = more;
    const account: Account = { id, name, active, title, email, granted, scimId };
    this.accounts.set(id, account);
    this.everyone.set(id, account);
    return account;
  }

  found(name: string): Team | undefined {
    if (this.teamNamed(name) !== undefined) return undefined;
    this.#serial += 1;
    const team: Team = { id: `n${this.#serial}`, name, members: new Set() };
    this.teams.set(team.id, team);
    return team;
  }

  remove(id: string): void {
    this.accounts.delete(id);
    this.teams.delete(id);
    for (const { members } of this.teams.values()) members.delete(id);
  }

  accountNamed(name: string): Account | undefined {
    return [...this.accounts.values()].find((one) => fold(one.name) === fold(name));
  }

  teamNamed(name: string): Team | undefined {
    return [...this.teams.values()].find((one) => fold(one.name) === fold(name));
  }

  /** Whether a team is in another one, directly or through others. */
  isWithin(team: string, other: string): boolean {
    const members = this.teams.get(other)?.members ?? new Set();
    return members.has(team) || [...members].some((member) => this.isWithin(team, member));
  }

  /** What has happened to an operation, as somebody who looks into the application sees it. */
  answerTo(key: string): (AdapterAnswer & { readonly type: 'applied' }) | undefined {
    return this.#answers.get(key);
  }

  /** Carries an operation out; one that is known is not done again where the application knows keys. */
  async carryOut(operation: ApplicationOperation, call: AdapterCall): Promise<AdapterAnswer> {
    const { idempotencyKey: key } = call;
    const known = this.style.repeats === 'keys' ? this.#answers.get(key) : undefined;
    if (known !== undefined) return known;
    const answer = await new Hands(this).apply(operation, call);
    if (answer.type === 'applied') {
      this.#answers.set(key, answer);
      this.effects.push({ key, type: operation.type });
    }
    return answer;
  }

  /** What a connector extracts. */
  extract(): WireApplicationPayload {
    const { ids } = this.style;
    const identified = ({ id, name }: { readonly id: string; readonly name: string }) =>
      ids ? { id, name } : { name };
    const keyOf = ({ id, name }: { readonly id: string; readonly name: string }) => (ids ? id : name);
    const groupsOf = (id: string) => [...this.teams.values()].filter(({ members }) => members.has(id)).map(keyOf);
    const accounts = [...this.accounts.values()];
    const granted = accounts.filter((account) => account.granted);
    return {
      custom_property_definition: {
        applications: [{ application_type: 'Shop', local_user_properties: { title: 'STRING' } }],
      },
      applications: [
        {
          name: 'Shop EU',
          application_type: 'Shop',
          local_users: accounts.map((account) => ({
            ...identified(account),
            is_active: account.active,
            ...(account.email !== undefined && { email: account.email }),
            ...(account.title !== undefined && { custom_properties: { title: account.title } }),
            groups: groupsOf(account.id),
          })),
          local_groups: [...this.teams.values()].map((team) => ({ ...identified(team), groups: groupsOf(team.id) })),
          local_roles: [],
        },
      ],
      permissions: granted.map(({ id }) => ({ name: `of ${id}`, permission_type: ['DataRead'] })),
      identity_to_permissions: granted.map((account) => ({
        identity: keyOf(account),
        identity_type: 'local_user',
        application_permissions: [
          { application: 'Shop EU', permission: `of ${account.id}`, apply_to_application: true },
        ],
      })),
    };
  }

  /** All that it holds, to see that nothing has changed. */
  snapshot(): string {
    const teams = [...this.teams.values()].map((team) => ({ ...team, members: [...team.members].sort() }));
    return JSON.stringify([[...this.accounts.values()], teams]);
  }
}

/** Does what an operation says. It finds things by native id where it has told one, else by name. */
class Hands extends CustomAdapter {
  readonly name = 'hands';
  readonly #application: LawApplication;

  constructor(application: LawApplication) {
    super();
    this.#application = application;
  }

  override async createUser({ id, attributes }: ResourceSnapshot): Promise<AdapterAnswer> {
    const account = this.#application.hire(String(attributes.userName), {
      active: attributes.active !== false,
      title: textOf(attributes.title),
      email: emailOf(attributes.emails),
      scimId: id,
    });
    return account === undefined ? taken : this.#told(account);
  }

  override updateUser(before: ResourceSnapshot, after: ResourceSnapshot): Promise<AdapterAnswer> {
    return this.#change(before, (account) => {
      const name = String(after.attributes.userName);
      const other = this.#application.accountNamed(name);
      if (other !== undefined && other !== account) return taken;
      if (name !== before.attributes.userName) account.name = name;
      const [title, email] = [textOf(after.attributes.title), emailOf(after.attributes.emails)];
      // Only what changes: somebody may have changed the rest meanwhile.
      if (title !== textOf(before.attributes.title)) account.title = title;
      if (email !== emailOf(before.attributes.emails)) account.email = email;
      return done;
    });
  }

  override deactivateUser(before: ResourceSnapshot): Promise<AdapterAnswer> {
    return this.#setActive(before, false);
  }

  override reactivateUser(before: ResourceSnapshot): Promise<AdapterAnswer> {
    return this.#setActive(before, true);
  }

  override deleteUser(before: ResourceSnapshot): Promise<AdapterAnswer> {
    return this.#change(before, ({ id }) => {
      this.#application.released.set(before.id, new Set(this.#application.everyone.keys()));
      this.#application.remove(id);
      return done;
    });
  }

  override async createGroup({ attributes }: ResourceSnapshot): Promise<AdapterAnswer> {
    const team = this.#application.found(String(attributes.displayName));
    return team === undefined ? taken : this.#told(team);
  }

  override async updateGroup(before: ResourceSnapshot, after: ResourceSnapshot): Promise<AdapterAnswer> {
    const team = this.#team(before.nativeId, before.attributes.displayName);
    if (team === undefined) return missing;
    const name = String(after.attributes.displayName);
    const other = this.#application.teamNamed(name);
    if (other !== undefined && other !== team) return taken;
    team.name = name;
    return done;
  }

  override async deleteGroup(before: ResourceSnapshot): Promise<AdapterAnswer> {
    const team = this.#team(before.nativeId, before.attributes.displayName);
    if (team === undefined) return missing;
    this.#application.remove(team.id);
    return done;
  }

  override addMembers(group: ResourceSnapshot, members: readonly MemberSnapshot[]): Promise<AdapterAnswer> {
    return this.#withMembers(group, members, (team, ids) => {
      if (ids.some((id) => id === team.id || this.#application.isWithin(team.id, id))) return missing;
      for (const id of ids) team.members.add(id);
      return done;
    });
  }

  override removeMembers(group: ResourceSnapshot, members: readonly MemberSnapshot[]): Promise<AdapterAnswer> {
    return this.#withMembers(group, members, (team, ids) => {
      for (const id of ids) team.members.delete(id);
      return done;
    });
  }

  async #withMembers(
    group: ResourceSnapshot,
    members: readonly MemberSnapshot[],
    change: (team: Team, ids: readonly string[]) => AdapterAnswer,
  ): Promise<AdapterAnswer> {
    const team = this.#team(group.nativeId, group.attributes.displayName);
    if (team === undefined) return missing;
    const found = members.map(({ kind, nativeId, name }) =>
      kind === 'User' ? this.#account(nativeId, name) : this.#team(nativeId, name),
    );
    const ids = found.flatMap((one) => (one === undefined ? [] : [one.id]));
    return ids.length === members.length ? change(team, ids) : missing;
  }

  #setActive(before: ResourceSnapshot, active: boolean): Promise<AdapterAnswer> {
    return this.#change(before, (account) => {
      account.active = active;
      return done;
    });
  }

  async #change(
    { nativeId, attributes }: ResourceSnapshot,
    change: (account: Account) => AdapterAnswer,
  ): Promise<AdapterAnswer> {
    const account = this.#account(nativeId, attributes.userName);
    return account === undefined ? missing : change(account);
  }

  #account(nativeId: string | undefined, name: unknown): Account | undefined {
    const { style, accounts } = this.#application;
    return style.ids && nativeId !== undefined ? accounts.get(nativeId) : this.#application.accountNamed(String(name));
  }

  #team(nativeId: string | undefined, name: unknown): Team | undefined {
    const { style, teams } = this.#application;
    return style.ids && nativeId !== undefined ? teams.get(nativeId) : this.#application.teamNamed(String(name));
  }

  #told({ id, name }: { readonly id: string; readonly name: string }): AdapterAnswer {
    const { ids, tells } = this.#application.style;
    return tells ? { type: 'applied', nativeId: ids ? id : name } : done;
  }
}

const taken: AdapterAnswer = { type: 'refused', kind: 'conflict', reason: 'Somebody else has the name.' };
const notToday: AdapterAnswer = { type: 'refused', reason: 'Not today.' };
const missing: AdapterAnswer = { type: 'refused', kind: 'not-found', reason: 'There is nothing of that name.' };

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function emailOf(value: unknown): string | undefined {
  const [first] = Array.isArray(value) ? value : [];
  return textOf(first?.value);
}

/** What an adapter meets with when it calls the application. */
export type AdapterFault = 'refused' | 'cut before' | 'cut after' | 'silent before' | 'silent after' | 'garbage';

export interface FaultyAdapterOptions {
  /** Of the next call. */
  readonly nextFault: () => AdapterFault | undefined;
  /** Told of each call, and of what the application says to it: not of faults on the way. */
  readonly called: (operation: ApplicationOperation, call: AdapterCall) => Promise<void>;
  readonly answered: (answer: AdapterAnswer, call: AdapterCall) => void;
  /** Told before anything is done, and before it is answered; what it returns never comes to an end is never answered. */
  readonly at: (moment: 'before' | 'after') => Promise<void>;
}

/** The adapter of an application, with faults on the way. */
export function adapterOf(
  application: LawApplication,
  { nextFault, called, answered, at }: FaultyAdapterOptions,
): ApplicationAdapter {
  const { repeats } = application.style;
  return {
    name: 'shop',
    repeatable: repeats === 'keys',
    maxMembersPerOperation: 2,
    async apply(operation, call) {
      const fault = nextFault();
      await called(operation, call);
      await at('before');
      if (fault === 'refused') {
        answered(notToday, call);
        return notToday;
      }
      if (fault === 'cut before') {
        answered({ type: 'unknown', reason: 'cut' }, call);
        throw new Error('connection refused');
      }
      if (fault === 'silent before') return new Promise(() => undefined);
      const answer = await application.carryOut(operation, call);
      answered(answer, call);
      await at('after');
      if (fault === 'cut after') throw new Error('connection reset');
      if (fault === 'silent after') return new Promise(() => undefined);
      return fault === 'garbage' ? (JSON.parse('{"ok":true}') as AdapterAnswer) : answer;
    },
    ...(repeats === 'look' && {
      probe: async (_operation: ApplicationOperation, { idempotencyKey }: AdapterCall): Promise<ProbeAnswer> =>
        application.answerTo(idempotencyKey) ?? { type: 'not-applied' },
    }),
  };
}
