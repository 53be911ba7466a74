import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ApplicationOperation, MemberSnapshot, ResourceSnapshot } from '../../directory/write-back.ts';
import type { ScimValue } from '../../protocol/schemas/scim-value.ts';
import type { AdapterAnswer, AdapterCall, ApplicationAdapter, ProbeAnswer } from '../adapter.ts';

/** An adapter on an application that holds nothing yet. */
export interface AdapterUnderTest {
  readonly adapter: ApplicationAdapter;
  /** What the application holds now, read past the adapter. */
  look(): Promise<ApplicationView>;
  /** Takes the application away. */
  close?(): Promise<void>;
}

/** What an application holds, as far as the laws are about it; in any order. */
export interface ApplicationView {
  readonly users: readonly { readonly userName: string; readonly active: boolean }[];
  readonly groups: readonly {
    readonly displayName: string;
    /** User names. */
    readonly members: readonly string[];
  }[];
}

/** Something that is true of every adapter. */
export interface AdapterLaw {
  /** A sentence. */
  readonly name: string;
  /** The operations without which it says nothing. */
  readonly needs: readonly ApplicationOperation['type'][];
  /** @throws AssertionError when it is not true of this adapter, whose application has to be empty */
  check(subject: AdapterUnderTest): Promise<void>;
}

/** What a law does with an adapter. */
export interface Trial {
  readonly adapter: ApplicationAdapter;
  /** Asks for an operation with a key of its own; has to be applied. Gives the native id. */
  done(operation: ApplicationOperation): Promise<string | undefined>;
  apply(operation: ApplicationOperation, call: AdapterCall): Promise<AdapterAnswer>;
  /** Undefined where the adapter has no probe. */
  probe(operation: ApplicationOperation, call: AdapterCall): Promise<ProbeAnswer | undefined>;
  /** Makes a user; gives it as the application knows it. */
  user(userName: string): Promise<ResourceSnapshot>;
  /** Makes a group without members; gives it as the application knows it. */
  group(displayName: string): Promise<ResourceSnapshot>;
  /** The application holds this and nothing else. */
  holds(view: {
    readonly users?: Record<string, boolean>;
    readonly groups?: Record<string, readonly string[]>;
  }): Promise<void>;
}

export function law(name: string, needs: AdapterLaw['needs'], check: (trial: Trial) => Promise<void>): AdapterLaw {
  return { name, needs, check: (subject) => check(trialOf(subject)) };
}

export function trialOf({ adapter, look }: AdapterUnderTest): Trial {
  const done = async (operation: ApplicationOperation) => {
    const answer = await adapter.apply(operation, newCall());
    assert.equal(answer.type, 'applied', `${operation.type}: ${JSON.stringify(answer)}`);
    return answer.type === 'applied' ? answer.nativeId : undefined;
  };
  const made = async (type: 'create-user' | 'create-group', after: ResourceSnapshot) => ({
    ...after,
    nativeId: await done({ type, after }),
  });
  return {
    adapter,
    done,
    apply: (operation, call) => adapter.apply(operation, call),
    probe: async (operation, call) => adapter.probe?.(operation, call),
    user: (userName) => made('create-user', userSnapshot(userName)),
    group: (displayName) => made('create-group', groupSnapshot(displayName)),
    async holds({ users = {}, groups = {} }) {
      const view = await look();
      const sorted = (pairs: readonly (readonly [string, unknown])[]) =>
        pairs.toSorted(([left], [right]) => (left < right ? -1 : 1));
      assert.deepEqual(
        sorted(view.users.map(({ userName, active }) => [userName, active])),
        sorted(Object.entries(users)),
      );
      assert.deepEqual(
        sorted(view.groups.map(({ displayName, members }) => [displayName, members.toSorted()])),
        sorted(Object.entries(groups).map(([name, members]) => [name, members.toSorted()])),
      );
    },
  };
}

export function newCall(): AdapterCall {
  return { idempotencyKey: `${randomUUID()}.1`, attempt: 1, signal: new AbortController().signal };
}

export function again(call: AdapterCall): AdapterCall {
  return { ...call, attempt: call.attempt + 1 };
}

/** A user that the application does not know yet. */
export function userSnapshot(userName: string, more: Readonly<Record<string, ScimValue>> = {}): ResourceSnapshot {
  const email = [{ value: `${userName}@example.com`, primary: true }];
  return snapshot('User', { userName, emails: email, active: true, ...more });
}

/** A group that the application does not know yet. */
export function groupSnapshot(displayName: string): ResourceSnapshot {
  return snapshot('Group', { displayName });
}

function snapshot(kind: 'User' | 'Group', attributes: Readonly<Record<string, unknown>>): ResourceSnapshot {
  const id = randomUUID();
  const schemas = [`urn:ietf:params:scim:schemas:core:2.0:${kind}`];
  return {
    kind,
    id,
    key: id,
    nativeId: undefined,
    attributes: Object.assign(Object.create(null), { schemas, ...attributes }),
  };
}

/** The same resource with other attributes. */
export function withAttributes(
  resource: ResourceSnapshot,
  attributes: Readonly<Record<string, ScimValue>>,
): ResourceSnapshot {
  return { ...resource, attributes: Object.assign(Object.create(null), resource.attributes, attributes) };
}

export function memberOf({ id, kind, key, nativeId, attributes }: ResourceSnapshot): MemberSnapshot {
  return { id, kind, key, nativeId, name: String(attributes.userName ?? attributes.displayName) };
}
