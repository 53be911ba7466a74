import { randomUUID } from 'node:crypto';
import type { Logger } from '@oaa-kit/oaa';
import type { AttributeMapping } from '../attributes/attribute-mapping.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type {
  Pair,
  PublicationKey,
  PublicationLease,
  PublicationStore,
  PublicationView,
} from '../directory/publications.ts';
import { endingSignal } from '../signals/ending-signal.ts';
import { currentPair, decide, type Unrest, type Waiting } from './decide.ts';
import { isSamePair } from './pair.ts';
import { type PublishSettings, publishSettings } from './publish-settings.ts';
import { factsOf, type PushContext, pushOnce } from './push-once.ts';
import type { PushTarget } from './push-target.ts';

export interface PublisherOptions extends PublicationKey {
  readonly publications: PublicationStore;
  readonly target: PushTarget;
  readonly mapping: Readonly<Record<ResourceKind, AttributeMapping>>;
  readonly settings?: Partial<PublishSettings> | undefined;
  readonly logger?: Logger | undefined;
  /** How long a stop waits for a push that is under way; milliseconds. Default: 10,000. */
  readonly stopWithinMs?: number | undefined;
}

/** What a look at a publication came to. */
export interface Step {
  readonly did: 'pushed' | 'nothing';
  readonly why: string;
  /** Look again no later than after so long. */
  readonly waitMs: number;
}

const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Keeps a data source as the application, the directory and the last base say: whenever the published pair is not the
 * current one, the current one is pushed. Any number of publishers may run on one database; one of them publishes.
 *
 * Nothing is remembered here that it needs: a publisher that starts anew goes on with what the database says.
 *
 * @example
 * const publisher = new Publisher({ publications: directory.publications, organization: 'acme', provider: 'Shop',
 *   dataSource: 'shop.example.com', target: tenantPushTarget({ tenant, provider, dataSource }), mapping });
 * publisher.start();
 * await publisher.stop();
 */
export class Publisher {
  readonly #context: PushContext;
  readonly #owner = randomUUID();
  readonly #stopWithinMs: number;
  /** Ends the loop. */
  readonly #stopping = new AbortController();
  /** Ends the push that is under way. */
  readonly #cutting = new AbortController();
  #lease: PublicationLease | undefined;
  /** The last pair that was seen, and since when something has been unpublished. */
  #seen: { readonly pair: Pair; readonly unrest: Unrest | undefined } | undefined;
  #targetCheckedAt: number | undefined;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  /** @throws UsageError for settings that are no times */
  constructor({ publications: store, target, mapping, settings, logger = silent, ...key }: PublisherOptions) {
    const { organization, provider, dataSource, stopWithinMs = 10_000 } = key;
    this.#stopWithinMs = stopWithinMs;
    const names = { organization, provider, dataSource };
    this.#context = { store, key: names, target, mapping, settings: publishSettings(settings), logger };
  }

  /** Publishes until it is stopped. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Finishes a push that is under way, or ends it when that takes long, and leaves the publication to others. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake?.();
    const timer = setTimeout(() => this.#cutting.abort(new Error('The publisher stops.')), this.#stopWithinMs);
    await this.#running;
    clearTimeout(timer);
    const { store, key } = this.#context;
    if (this.#lease !== undefined) await store.release(key, this.#lease);
    this.#lease = undefined;
  }

  /** Says that something has changed, which would be found out anyway. */
  wake(): void {
    this.#wake?.();
  }

  /**
   * Looks once at what is, and does what that needs; `start` does so again and again.
   *
   * @throws what the database throws
   */
  async step(): Promise<Step> {
    const { settings } = this.#context;
    const view = await this.#own();
    if (view?.lease === undefined)
      return { did: 'nothing', why: 'another publisher publishes', waitMs: settings.pollMs };
    this.#lease = view.lease;
    const decision = decide(view, this.#watch(view), settings);
    if (decision.type === 'wait') {
      if (decision.why === 'everything is published' && (await this.#isOtherTarget(view))) {
        return { did: 'nothing', why: 'the data source is another one', waitMs: 0 };
      }
      return { did: 'nothing', why: decision.why, waitMs: waitOf(decision, settings) };
    }
    // What changes from here on is unpublished from here on.
    this.#seen = { pair: decision.pair, unrest: undefined };
    await pushOnce(this.#context, view.lease, decision, this.#cutting.signal);
    return { did: 'pushed', why: decision.why, waitMs: 0 };
  }

  /** The publication as its owner sees it; undefined while somebody else is. */
  async #own(): Promise<PublicationView | undefined> {
    const { store, key, settings } = this.#context;
    const view = await store.view(key);
    const isRestored = view !== undefined && (await this.#detectRestore(view));
    // Most looks find the lease young enough, and write nothing.
    if (view?.lease?.owner === this.#owner && !isRestored) {
      const leftMs = view.lease.until - view.now;
      if (leftMs > settings.leaseMs / 2 && leftMs <= settings.leaseMs) return view;
    }
    return store.claim(key, this.#owner, settings.leaseMs);
  }

  /** A database that counts backwards was replaced by an older copy of itself. */
  async #detectRestore({ current, key }: PublicationView): Promise<boolean> {
    const { store, logger } = this.#context;
    const seen = this.#seen?.pair;
    const isOlder =
      seen !== undefined && (current.revision < seen.revision || (current.generation ?? 0) < seen.generation);
    if (!isOlder) return false;
    logger.warn('the database was restored from a copy: everything is published again', factsOf(key));
    this.#seen = undefined;
    await store.renewIncarnation();
    return true;
  }

  #watch(view: PublicationView): Unrest | undefined {
    const pair = currentPair(view);
    if (pair === undefined) return undefined;
    const { published } = view.state;
    const isPublished = published !== undefined && isSamePair(published, pair);
    const { now } = view;
    const last = this.#seen;
    const isNew = last === undefined || !isSamePair(last.pair, pair);
    const since = last?.unrest?.since ?? now;
    const changedAt = isNew ? now : (last.unrest?.changedAt ?? now);
    const unrest = isPublished ? undefined : { since, changedAt };
    this.#seen = { pair, unrest };
    return unrest;
  }

  /** Asks the tenant now and then whether the data source that was filled is still the one of that name. */
  async #isOtherTarget({ state: { published }, now }: PublicationView): Promise<boolean> {
    const { store, key, target, settings, logger } = this.#context;
    const checkedAt = Math.max(this.#targetCheckedAt ?? 0, published?.at ?? 0);
    if (published === undefined || (now - checkedAt < settings.checkTargetEveryMs && now >= checkedAt)) return false;
    this.#targetCheckedAt = now;
    let id: string | undefined;
    try {
      using ending = endingSignal([this.#stopping.signal], settings.leaseMs / 2);
      id = await target.dataSourceId(ending.signal);
    } catch (error) {
      logger.warn(
        `the data source could not be looked up: ${error instanceof Error ? error.message : String(error)}`,
        factsOf(key),
      );
      return false;
    }
    if (id === published.dataSourceId) return false;
    await store.change(key, (state) => ({ ...state, full: state.full ?? 'the data source is another one' }));
    return true;
  }

  async #run(): Promise<void> {
    const { logger, key, settings } = this.#context;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let waitMs = settings.pollMs;
      try {
        ({ waitMs } = await this.step());
      } catch (error) {
        logger.error(`publishing failed: ${error instanceof Error ? error.message : String(error)}`, factsOf(key));
      }
      if (!signal.aborted) await this.#sleep(Math.min(waitMs, settings.pollMs));
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function waitOf({ ms }: { readonly why: Waiting; readonly ms: number }, { pollMs }: PublishSettings): number {
  return Math.max(1, Math.min(ms, 120 * pollMs));
}
