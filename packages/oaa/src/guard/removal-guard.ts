import { randomBytes } from 'node:crypto';
import { UsageError } from '../errors/index.ts';
import { type JsonObject, own } from '../payload/json.ts';
import type { PayloadSource } from '../payload/serialise.ts';
import type { PushOptions, PushResult, PushTarget, Tenant } from '../tenant/index.ts';
import type { Baseline } from './baseline.ts';
import { type BaselineKey, BaselineStore, type StoredBaseline, type StoredState } from './baseline-store.ts';
import { missingError, tooMuchError } from './guard-errors.ts';
import { HashedPayload } from './hashed-payload.ts';
import { holdsData } from './holds-data.ts';
import { isCertainlyRefused } from './is-certainly-refused.ts';
import { excessiveRemovals, type RemovalLimits, removalsOf } from './removals.ts';
import { stateFolder } from './state-folder.ts';

export interface RemovalGuardOptions {
  /** Share of a kind that may go, in percent; 20 unless told otherwise, 100 lets everything go. */
  readonly maxRemovalPercent?: number | undefined;
  /** So many of a kind may always go; 10 unless told otherwise. */
  readonly minimumRemovals?: number | undefined;
  /** Push to a data source that holds data although there is no record of what was pushed to it last. */
  readonly firstPush?: boolean | undefined;
  /** Where records are kept; `OAA_STATE_DIR`, else `~/.local/state/oaa-kit`, unless told otherwise. */
  readonly stateFolder?: string | undefined;
  /** The clock; the machine's unless told otherwise. */
  readonly now?: (() => Date) | undefined;
}

/** A push that the tenant has confirmed and the guard has recorded. */
export interface GuardedPushResult extends PushResult {
  /** Why the record could not be kept although the push is done; the next push takes its outcome as unknown. */
  readonly recordProblem: string | undefined;
}

/** Stops pushes that would remove too much. */
export interface RemovalGuard {
  /** Where records are kept. */
  readonly stateFolder: string;
  /** Whether the guard has a say: it has none in an incremental push, which removes only what it names. */
  covers(payload: PayloadSource): boolean;
  /**
   * Compares a payload with what was pushed to the data source last. Changes nothing.
   *
   * @throws GuardError `guard` when too much would go, `baseline-missing` without a record, `baseline-invalid` when the
   *   record cannot be used
   */
  check(tenantUrl: string, target: PushTarget, payload: PayloadSource): Promise<void>;
  /**
   * `tenant.push` under guard: checked before anything is sent, recorded when the tenant has confirmed it.
   *
   * @throws GuardError as `check` does, and what `tenant.push` throws
   */
  push(tenant: Tenant, options: PushOptions): Promise<GuardedPushResult>;
}

/** What has to be done with the record of a push once its outcome is known. */
interface PendingRecord {
  confirm(): Promise<string | undefined>;
  discard(): Promise<void>;
  keep(): Promise<void>;
}

class FileRemovalGuard implements RemovalGuard {
  readonly #limits: RemovalLimits;
  readonly #firstPush: boolean;
  readonly #store: BaselineStore;
  readonly #now: () => Date;

  constructor(options: RemovalGuardOptions) {
    const { maxRemovalPercent = 20, minimumRemovals = 10 } = options;
    if (!(maxRemovalPercent >= 0 && maxRemovalPercent <= 100)) {
      throw new UsageError('usage', `The largest removal is a percentage from 0 to 100, not ${maxRemovalPercent}.`, {
        hint: 'Correct --max-removal, or maxRemovalPercent.',
      });
    }
    if (!(Number.isInteger(minimumRemovals) && minimumRemovals >= 0)) {
      throw new UsageError('usage', `minimumRemovals is a number of entities, not ${minimumRemovals}.`, {
        hint: 'Give a whole number, 0 or more.',
      });
    }
    this.#limits = { maxRemovalPercent, minimumRemovals };
    this.#firstPush = options.firstPush === true;
    this.#store = new BaselineStore(options.stateFolder ?? stateFolder(process.env, process.cwd()));
    this.#now = options.now ?? (() => new Date());
  }

  get stateFolder(): string {
    return this.#store.folder;
  }

  covers(payload: PayloadSource): boolean {
    return own(payload as JsonObject, 'incremental_change') !== true;
  }

  async check(tenantUrl: string, target: PushTarget, payload: PayloadSource): Promise<void> {
    if (!this.covers(payload)) return;
    const state = await this.#store.read(keyOf(tenantUrl, target));
    this.#verify(target, state, new HashedPayload(payload));
  }

  async push(tenant: Tenant, options: PushOptions): Promise<GuardedPushResult> {
    if (!this.covers(options.payload)) return { ...(await tenant.push(options)), recordProblem: undefined };
    let record: PendingRecord | undefined;
    const beforeSend = async (target: PushTarget): Promise<void> => {
      await options.beforeSend?.(target);
      record = await this.#begin(tenant.url, target, options.payload);
    };
    let result: PushResult;
    try {
      result = await tenant.push({ ...options, beforeSend });
    } catch (error) {
      await (isCertainlyRefused(error) ? record?.discard() : record?.keep());
      throw error;
    }
    return { ...result, recordProblem: await record?.confirm() };
  }

  #verify(target: PushTarget, state: StoredState, payload: HashedPayload): void {
    const { dataSource, dataSourceIsNew } = target;
    if (dataSourceIsNew) return;
    const { confirmed, pending } = state;
    if (confirmed === undefined && pending.length === 0) {
      if (this.#firstPush || !holdsData(dataSource)) return;
      throw missingError(dataSource.name, this.stateFolder);
    }
    const compare = ({ baseline }: StoredBaseline, against: string): void => {
      const removals = removalsOf(baseline.hashes, payload.with(baseline.salt));
      const excessive = excessiveRemovals(removals, this.#limits);
      if (excessive.length > 0) throw tooMuchError(dataSource.name, against, excessive, this.#limits);
    };
    if (confirmed !== undefined) compare(confirmed, `the push of ${confirmed.baseline.writtenAt}`);
    for (const one of pending) compare(one, `the push of ${one.baseline.writtenAt}, whose outcome is unknown`);
  }

  /** Verifies a push and records that it is about to be sent, so that a crash leaves its trace. */
  async #begin(tenantUrl: string, target: PushTarget, payload: PayloadSource): Promise<PendingRecord> {
    const key = keyOf(tenantUrl, target);
    const store = this.#store;
    const hashed = new HashedPayload(payload);
    const { confirmed, pending } = await store.read(key);
    this.#verify(target, { confirmed, pending }, hashed);
    const salt = (confirmed ?? pending[0])?.baseline.salt ?? randomBytes(16).toString('hex');
    const baseline: Baseline = {
      salt,
      hashes: hashed.with(salt),
      writtenAt: this.#now().toISOString(),
      tenant: tenantUrl,
      provider: target.provider.name,
      dataSource: target.dataSource.name,
    };
    const file = await store.writePending(key, baseline);
    const older = pending.map((one) => one.file);
    return {
      async confirm() {
        try {
          await store.confirm(key, file, baseline);
          await store.remove(older);
          return undefined;
        } catch (error) {
          return `The record of this push cannot be kept in ${store.folder}: ${error instanceof Error ? error.message : String(error)}.`;
        }
      },
      async discard() {
        // A push of the same payload whose outcome is unknown has the same file.
        if (!older.includes(file)) await store.remove([file]).catch(() => undefined);
      },
      async keep() {
        await store.writePending(key, baseline).catch(() => undefined);
      },
    };
  }
}

function keyOf(tenantUrl: string, { provider, dataSource }: PushTarget): BaselineKey {
  return { tenantUrl, providerId: provider.id, dataSourceId: dataSource.id };
}

/**
 * A guard against pushes that remove too much: a push is a snapshot, and what is missing from it disappears. It stops a
 * push when more than 20 % and more than 10 of the users, groups, roles, resources, permissions, memberships or grants
 * would go, compared with the last push to the same data source. Of that push it keeps salted hashes only.
 *
 * @throws UsageError for limits that are none
 *
 * @example
 * const guard = createRemovalGuard({ maxRemovalPercent: 30 });
 * await guard.push(tenant, { provider: 'Shop', dataSource: 'shop.example.com', payload: shop });
 */
export function createRemovalGuard(options: RemovalGuardOptions = {}): RemovalGuard {
  return new FileRemovalGuard(options);
}
