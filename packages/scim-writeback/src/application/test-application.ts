import type { ApplicationOperation, MemberSnapshot, ResourceSnapshot } from '../directory/write-back.ts';
import type { AdapterAnswer, AdapterCall, ProbeAnswer } from './adapter.ts';
import { CustomAdapter } from './custom-adapter.ts';

interface Account {
  userName: string;
  active: boolean;
  attributes: ResourceSnapshot['attributes'];
}

interface Team {
  name: string;
  readonly members: Set<string>;
}

type Step = (operation: ApplicationOperation, call: AdapterCall) => Promise<AdapterAnswer | undefined>;

const applied: AdapterAnswer = { type: 'applied' };

/**
 * An application in memory with its adapter. It knows users and groups by native ids and remembers idempotency keys. Faults
 * are given by `before` (an answer is given instead of doing anything) and `after` (instead of telling what was done).
 */
export class TestApplication extends CustomAdapter {
  readonly name = 'test application';
  override readonly repeatable: boolean;
  override readonly maxMembersPerOperation: number | undefined;
  readonly users = new Map<string, Account>();
  readonly groups = new Map<string, Team>();
  /** What was really done, each effect once: `create-user jane`. */
  readonly effects: string[] = [];
  readonly calls: { readonly operation: ApplicationOperation; readonly call: AdapterCall }[] = [];
  readonly #answered = new Map<string, AdapterAnswer>();
  before: Step = async () => undefined;
  after: Step = async () => undefined;
  looks = 0;

  /** Whether it has done the operation with this key. */
  knows(key: string): boolean {
    return this.#answered.has(key);
  }

  /** Of how many operations it knows that they were done. */
  get keys(): number {
    return this.#answered.size;
  }

  constructor({
    repeatable = false,
    probes = true,
    maxMembers,
  }: { readonly repeatable?: boolean; readonly probes?: boolean; readonly maxMembers?: number } = {}) {
    super();
    this.repeatable = repeatable;
    this.maxMembersPerOperation = maxMembers;
    if (probes) this.probe = (_operation, call) => this.#look(call);
  }

  override async apply(operation: ApplicationOperation, call: AdapterCall): Promise<AdapterAnswer> {
    this.calls.push({ operation, call });
    const fault = await this.before(operation, call);
    if (fault !== undefined) return fault;
    const known = this.#answered.get(call.idempotencyKey);
    const answer = known ?? (await super.apply(operation, call));
    if (known === undefined && answer.type === 'applied') {
      this.#answered.set(call.idempotencyKey, answer);
      this.effects.push(`${operation.type} ${nameOf(operation)}`);
    }
    return (await this.after(operation, call)) ?? answer;
  }

  async #look({ idempotencyKey }: AdapterCall): Promise<ProbeAnswer> {
    this.looks += 1;
    const answer = this.#answered.get(idempotencyKey);
    return answer?.type === 'applied' ? answer : { type: 'not-applied' };
  }

  override async createUser({ attributes, id }: ResourceSnapshot): Promise<AdapterAnswer> {
    const userName = String(attributes.userName);
    for (const user of this.users.values()) {
      if (user.userName === userName) return { type: 'refused', kind: 'conflict', reason: 'The name is taken.' };
    }
    const nativeId = `native-${id}`;
    this.users.set(nativeId, { userName, active: attributes.active !== false, attributes });
    return { type: 'applied', nativeId };
  }

  override updateUser(before: ResourceSnapshot, after: ResourceSnapshot) {
    return this.#withUser(before, (user) => {
      user.userName = String(after.attributes.userName);
      user.attributes = after.attributes;
    });
  }

  override deactivateUser(before: ResourceSnapshot, after: ResourceSnapshot) {
    return this.#withUser(before, (user) => {
      user.active = false;
      user.attributes = after.attributes;
    });
  }

  override reactivateUser(before: ResourceSnapshot, after: ResourceSnapshot) {
    return this.#withUser(before, (user) => {
      user.active = true;
      user.attributes = after.attributes;
    });
  }

  override deleteUser(before: ResourceSnapshot) {
    return this.#withUser(before, (_user, nativeId) => {
      this.users.delete(nativeId);
      for (const group of this.groups.values()) group.members.delete(nativeId);
    });
  }

  override async createGroup({ attributes, id }: ResourceSnapshot): Promise<AdapterAnswer> {
    const nativeId = `native-${id}`;
    this.groups.set(nativeId, { name: String(attributes.displayName), members: new Set() });
    return { type: 'applied', nativeId };
  }

  override updateGroup(before: ResourceSnapshot, after: ResourceSnapshot) {
    return this.#withGroup(before, (group) => {
      group.name = String(after.attributes.displayName);
    });
  }

  override deleteGroup(before: ResourceSnapshot) {
    return this.#withGroup(before, (_group, nativeId) => {
      this.groups.delete(nativeId);
      for (const group of this.groups.values()) group.members.delete(nativeId);
    });
  }

  override addMembers(group: ResourceSnapshot, members: readonly MemberSnapshot[]) {
    return this.#withGroup(group, (team) => {
      for (const { nativeId } of members) team.members.add(String(nativeId));
    });
  }

  override removeMembers(group: ResourceSnapshot, members: readonly MemberSnapshot[]) {
    return this.#withGroup(group, (team) => {
      for (const { nativeId } of members) team.members.delete(String(nativeId));
    });
  }

  async #withUser(of: ResourceSnapshot, change: (user: Account, nativeId: string) => void): Promise<AdapterAnswer> {
    const nativeId = String(of.nativeId);
    const user = this.users.get(nativeId);
    if (user === undefined) return { type: 'refused', kind: 'not-found', reason: 'There is no such user.' };
    change(user, nativeId);
    return applied;
  }

  async #withGroup(of: ResourceSnapshot, change: (group: Team, nativeId: string) => void): Promise<AdapterAnswer> {
    const nativeId = String(of.nativeId);
    const group = this.groups.get(nativeId);
    if (group === undefined) return { type: 'refused', kind: 'not-found', reason: 'There is no such group.' };
    change(group, nativeId);
    return applied;
  }
}

function nameOf(operation: ApplicationOperation): string {
  const resource = 'group' in operation ? operation.group : 'after' in operation ? operation.after : operation.before;
  const name = String(resource.kind === 'User' ? resource.attributes.userName : resource.attributes.displayName);
  return 'members' in operation ? `${name}: ${operation.members.map((member) => member.name).join(' ')}` : name;
}
