import {
  type AdapterAnswer,
  type AdapterCall,
  type ApplicationOperation,
  CustomAdapter,
  type MemberSnapshot,
  type ProbeAnswer,
  type ResourceSnapshot,
} from '@oaa-kit/scim-writeback/application';

/** What `oaa.config.yaml` gives as settings. */
export interface DeskSettings {
  /** Without a slash at the end. */
  readonly url: string;
}

const unknownThere: AdapterAnswer = { type: 'refused', kind: 'not-found', reason: 'The help desk does not know it.' };

/** The adapter of a help desk with accounts and teams. */
export default class DeskAdapter extends CustomAdapter {
  // For logs and `oaa scim journal`.
  readonly name = 'help desk';

  // The help desk remembers the keys of requests for a day, and answers a repeated one as it did the first. Leave this out
  // where yours does not: then write `probe`, as below.
  override readonly repeatable = true;

  // It takes so many members in one request.
  override readonly maxMembersPerOperation = 100;

  readonly #url: string;

  constructor({ url }: DeskSettings) {
    super();
    this.#url = url;
  }

  // Is called before the service starts: better now than with the first change.
  override async check(): Promise<void> {
    const { ok, status } = await fetch(`${this.#url}/accounts`);
    if (!ok) throw new Error(`The help desk answers ${status}.`);
  }

  // `attributes` are those of SCIM: userName, name, emails, active, title, ...
  override createUser({ attributes }: ResourceSnapshot, call: AdapterCall): Promise<AdapterAnswer> {
    const { userName, active = true } = attributes;
    return this.#send('POST', '/accounts', { login: userName, enabled: active }, call);
  }

  // Everything but `active`, for which there are operations of their own.
  override updateUser(before: ResourceSnapshot, { attributes }: ResourceSnapshot, call: AdapterCall) {
    return this.#change('PATCH', before, { login: attributes.userName }, call);
  }

  override deactivateUser(before: ResourceSnapshot, _after: ResourceSnapshot, call: AdapterCall) {
    return this.#change('PATCH', before, { enabled: false }, call);
  }

  override reactivateUser(before: ResourceSnapshot, _after: ResourceSnapshot, call: AdapterCall) {
    return this.#change('PATCH', before, { enabled: true }, call);
  }

  // Not overridden: deleteUser. The help desk keeps its accounts; a client that wants to delete one is told so.

  override createGroup({ attributes }: ResourceSnapshot, call: AdapterCall): Promise<AdapterAnswer> {
    return this.#send('POST', '/teams', { title: attributes.displayName }, call);
  }

  override updateGroup(before: ResourceSnapshot, { attributes }: ResourceSnapshot, call: AdapterCall) {
    return this.#change('PATCH', before, { title: attributes.displayName }, call);
  }

  override deleteGroup(before: ResourceSnapshot, call: AdapterCall): Promise<AdapterAnswer> {
    return this.#change('DELETE', before, {}, call);
  }

  override addMembers(group: ResourceSnapshot, members: readonly MemberSnapshot[], call: AdapterCall) {
    return this.#changeMembers(group, 'join', members, call);
  }

  override removeMembers(group: ResourceSnapshot, members: readonly MemberSnapshot[], call: AdapterCall) {
    return this.#changeMembers(group, 'leave', members, call);
  }

  // For what is not repeatable this is the only way to find out what came of a request that was not answered. Say `unknown`
  // where it cannot be told: an application that shows its lists late, for example.
  override async probe(_operation: ApplicationOperation, { idempotencyKey }: AdapterCall): Promise<ProbeAnswer> {
    const response = await fetch(`${this.#url}/requests/${idempotencyKey}`);
    if (response.status === 404) return { type: 'not-applied' };
    if (!response.ok) return { type: 'unknown', reason: `The help desk answers ${response.status}.` };
    return { type: 'applied', nativeId: readId(await response.json()) };
  }

  async #changeMembers(
    group: ResourceSnapshot,
    what: 'join' | 'leave',
    members: readonly MemberSnapshot[],
    call: AdapterCall,
  ): Promise<AdapterAnswer> {
    const ids = members.map(({ nativeId }) => nativeId);
    return ids.includes(undefined) ? unknownThere : this.#change('PATCH', group, { [what]: ids }, call);
  }

  // Without a native id it was in the directory before, and no base has shown it: the help desk does not have it.
  async #change(
    method: string,
    { kind, nativeId }: ResourceSnapshot,
    body: object,
    call: AdapterCall,
  ): Promise<AdapterAnswer> {
    if (nativeId === undefined) return unknownThere;
    const path = `/${kind === 'User' ? 'accounts' : 'teams'}/${encodeURIComponent(nativeId)}`;
    return this.#send(method, path, body, call);
  }

  // What throws in here counts as unknown: a cut connection, say. So does the end of the signal, after 30 s.
  async #send(method: string, path: string, body: object, call: AdapterCall): Promise<AdapterAnswer> {
    const response = await fetch(this.#url + path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': call.idempotencyKey },
      signal: call.signal,
    });
    if (response.ok) return { type: 'applied', nativeId: readId(await response.json()) };
    // Only what is certain not to have been done is refused. A 500 is not: it may have been done before it failed.
    if (response.status === 404) return unknownThere;
    if (response.status === 409)
      return { type: 'refused', kind: 'conflict', reason: 'The help desk has this name already.' };
    if (response.status === 400)
      return { type: 'refused', kind: 'invalid', reason: 'The help desk does not take these values.' };
    return { type: 'unknown', reason: `The help desk answers ${response.status}.` };
  }
}

/** An answer of another system may be anything. */
function readId(body: unknown): string | undefined {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
