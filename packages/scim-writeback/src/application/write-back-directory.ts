import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { UnreachableError } from '@oaa-kit/oaa';
import type {
  ChangeContext,
  NewResource,
  OrganizationDirectory,
  ResourceChange,
  ResourceKind,
  ResourceQuery,
  StoredResource,
  UpdateOutcome,
} from '../directory/directory.ts';
import { RetryLaterError } from '../directory/retry-later-error.ts';
import type { Intent, IntentRequest, IntentStore, Opened } from '../directory/write-back.ts';
import { ScimError } from '../protocol/errors/scim-error.ts';
import type { Outcome } from './carry-out.ts';
import { IntentWorkers } from './intent-workers.ts';
import { endsWithin, KeyQueue } from './key-queue.ts';
import { planOperations } from './plan-operations.ts';
import { withProtection } from './protect.ts';
import { Recovery } from './recovery.ts';
import { leftToPeople, notConfirmed, refusalError, stillBlocked, tooMuchRemoved } from './refusals.ts';
import type { WriteBackEvent } from './write-back-event.ts';
import type { WriteBackOptions } from './write-back-options.ts';

const defaultMaxMembers = 500;
/** How often the journal is asked whether another node has closed an intent. */
const pollMs = 50;

/** What a change came to: the resource, undefined after a delete. */
interface Changed {
  readonly resource: StoredResource | undefined;
  readonly changed: boolean;
}

/**
 * A directory whose changes reach the application before they are acknowledged. Reads go to the directory underneath;
 * changes are written there when the application has taken them (see `IntentStore`).
 *
 * What it throws beside what `OrganizationDirectory` does: `RetryLaterError` where it is not known in time whether the
 * application has done it (it is found out: the same request again gets the outcome); ScimError for what the application
 * refuses, or what is protected (403).
 *
 * @example
 * const acme = new WriteBackDirectory(directory.organization('acme'), directory.intents('acme'), { adapter });
 * acme.start();
 */
export class WriteBackDirectory implements OrganizationDirectory {
  readonly #inner: OrganizationDirectory;
  readonly #intents: IntentStore;
  readonly #options: WriteBackOptions;
  readonly #owner = randomUUID();
  readonly #queue = new KeyQueue();
  readonly #workers: IntentWorkers;
  readonly #recovery: Recovery;
  readonly #leaseMs: number;
  #closing = false;
  #underWay = 0;

  constructor(inner: OrganizationDirectory, intents: IntentStore, options: WriteBackOptions) {
    this.#inner = inner;
    this.#intents = intents;
    this.#options = options;
    const { adapter, callTimeoutMs = 30_000, graceMs = 5_000, leaseMs = 15_000, recoverEveryMs = 1_000 } = options;
    this.#leaseMs = leaseMs;
    const onEvent = (event: WriteBackEvent) => this.#tell(event);
    this.#workers = new IntentWorkers({
      intents,
      adapter,
      leaseMs,
      callTimeoutMs,
      graceMs,
      retry: { firstMs: 1_000, longestMs: 60_000, attempts: 10, ...options.retry },
      onEvent,
    });
    const { workers, owner } = { workers: this.#workers, owner: this.#owner };
    this.#recovery = new Recovery({ intents, workers, owner, leaseMs, everyMs: recoverEveryMs, onEvent });
  }

  get organization(): string {
    return this.#inner.organization;
  }

  /** Begins to take over intents that others have left. */
  start(): void {
    this.#recovery.start();
  }

  /** Takes no more changes, and finishes those under way. Neither the directory nor the adapter is closed. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#recovery.stop();
    while (this.#underWay > 0 || this.#workers.count > 0) {
      await this.#workers.idle();
      await setTimeout(10);
    }
  }

  get(kind: ResourceKind, id: string) {
    return this.#inner.get(kind, id);
  }

  async create(kind: ResourceKind, resource: NewResource, context: ChangeContext): Promise<StoredResource> {
    return present(kind, await this.#change({ type: 'create', kind, resource }, context)).resource;
  }

  async update(
    kind: ResourceKind,
    id: string,
    decide: (current: StoredResource) => ResourceChange,
    context: ChangeContext,
  ): Promise<UpdateOutcome> {
    return present(kind, await this.#inTurn(id, { type: 'update', kind, id, decide }, context));
  }

  async delete(
    kind: ResourceKind,
    id: string,
    check: (current: StoredResource) => void,
    context: ChangeContext,
  ): Promise<void> {
    await this.#inTurn(id, { type: 'delete', kind, id, check }, context);
  }

  list(kind: ResourceKind, query: ResourceQuery) {
    return this.#inner.list(kind, query);
  }

  members(groupId: string, after: string | undefined, limit: number) {
    return this.#inner.members(groupId, after, limit);
  }

  memberships(userIds: readonly string[], adjacent?: boolean) {
    return this.#inner.memberships(userIds, adjacent);
  }

  revision() {
    return this.#inner.revision();
  }

  changes(after: number, limit: number) {
    return this.#inner.changes(after, limit);
  }

  /** Requests of one process about one resource wait for each other here, without asking the journal. */
  async #inTurn(id: string, request: IntentRequest, context: ChangeContext): Promise<Changed> {
    const done = await this.#queue.run(id, this.#queueWaitMs, () => this.#change(request, context));
    if (done === undefined) throw stillBlocked();
    return done.result;
  }

  async #change(request: IntentRequest, context: ChangeContext): Promise<Changed> {
    if (this.#closing) throw new RetryLaterError('The service is stopping; nothing was changed.', 5);
    this.#underWay += 1;
    try {
      return await this.#open(request, context);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #open(given: IntentRequest, context: ChangeContext): Promise<Changed> {
    const { adapter, isProtected, removalLimits, lockWaitMs = 2_000 } = this.#options;
    const request = isProtected === undefined ? given : withProtection(given, isProtected);
    const { maxMembersPerOperation = defaultMaxMembers } = adapter;
    const begun = performance.now();
    for (;;) {
      const opened = await this.#intents.open(request, {
        context,
        owner: this.#owner,
        leaseMs: this.#leaseMs,
        plan: (effect) => planOperations(effect, maxMembersPerOperation),
        removalLimits,
      });
      switch (opened.type) {
        case 'opened':
          return this.#finish(opened.intent, await this.#carryOut(opened.intent));
        case 'unchanged':
          return { resource: opened.resource, changed: false };
        case 'over-limit':
          throw this.#overLimit(opened, context);
        case 'locked': {
          const { by, joins } = opened;
          if (by.state === 'needs-attention') throw joins ? leftToPeople() : stillBlocked();
          if (joins) return this.#join(by);
          const waitMs = this.#workers.of(by.id) === undefined ? lockWaitMs : this.#queueWaitMs;
          if (!(await this.#closes(by, waitMs - (performance.now() - begun)))) throw stillBlocked();
        }
      }
    }
  }

  /** Resolves before the work has ended when the application does not answer in time. */
  #carryOut(intent: Intent): Promise<Outcome> {
    const overdue = Promise.withResolvers<Outcome>();
    const onOverdue = () => overdue.resolve({ type: 'unknown', reason: 'The application did not answer in time.' });
    const work = this.#workers.start(intent, onOverdue).catch((error: unknown): Outcome => {
      this.#tell({ type: 'journal-failed', error });
      // The database takes nothing. It says that nothing was changed; the application may have been asked by then.
      if (error instanceof UnreachableError) return { type: 'unknown', reason: error.message };
      throw error;
    });
    return Promise.race([work, overdue.promise]);
  }

  async #finish(intent: Intent, outcome: Outcome): Promise<Changed> {
    switch (outcome.type) {
      case 'applied':
        return { resource: outcome.applied.resource, changed: true };
      case 'refused':
        throw refusalError(outcome.refusal);
      case 'unknown':
        throw notConfirmed();
      case 'needs-attention':
        throw leftToPeople();
      case 'lost':
        return this.#join(intent);
    }
  }

  /** Waits for the outcome of an intent that somebody else works at, or that is left for now. */
  async #join(intent: Intent): Promise<Changed> {
    const { joinWaitMs = 10_000 } = this.#options;
    if (!(await this.#closes(intent, joinWaitMs))) throw notConfirmed();
    const closed = await this.#intents.get(intent.id);
    switch (closed?.state) {
      case 'applied':
        return { resource: await this.#inner.get(closed.kind, closed.resourceId), changed: true };
      case 'refused':
        throw closed.refusal === undefined ? notConfirmed() : refusalError(closed.refusal);
      case 'needs-attention':
        throw leftToPeople();
      default:
        throw notConfirmed();
    }
  }

  /** Whether an intent is closed, or left to people, within a time. */
  async #closes({ id }: Intent, waitMs: number): Promise<boolean> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const own = this.#workers.of(id);
      const left = deadline - performance.now();
      if (own !== undefined) await endsWithin(own, Math.max(0, left));
      const intent = await this.#intents.get(id);
      if (intent?.state !== 'open') return true;
      if (performance.now() >= deadline) return false;
      await setTimeout(Math.min(pollMs, Math.max(1, left)));
    }
  }

  #overLimit({ kind, limit, waitMs }: Extract<Opened, { type: 'over-limit' }>, { actor }: ChangeContext) {
    this.#tell({ type: 'removal-limit', actor, kind, limit });
    return tooMuchRemoved(waitMs);
  }

  #tell(event: WriteBackEvent): void {
    try {
      this.#options.onEvent?.(event);
    } catch {
      // What is done must not look as if it had failed because it could not be told.
    }
  }

  get #queueWaitMs(): number {
    return this.#options.queueWaitMs ?? 30_000;
  }
}

/** @throws ScimError 404 where a base has taken the resource away meanwhile */
function present(kind: ResourceKind, { resource, changed }: Changed): UpdateOutcome {
  if (resource === undefined) throw new ScimError(404, undefined, `There is no ${kind} with this id any more.`);
  return { resource, changed };
}
