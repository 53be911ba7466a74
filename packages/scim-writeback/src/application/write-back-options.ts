import type { StoredResource } from '../directory/directory.ts';
import type { RemovalLimits } from '../directory/write-back.ts';
import type { RetryOptions } from './carry-out.ts';
import type { Adapter } from './joining-adapter.ts';
import type { WriteBackEvent } from './write-back-event.ts';

export interface WriteBackOptions {
  readonly adapter: Adapter;
  /** How long an adapter may take for one operation; milliseconds. Default: 30,000. */
  readonly callTimeoutMs?: number | undefined;
  /** How long after that an answer still counts, which the client is no longer told of. Default: 5,000. */
  readonly graceMs?: number | undefined;
  /** How long others leave an intent alone whose owner says nothing; milliseconds. Default: 15,000. */
  readonly leaseMs?: number | undefined;
  /** How long a request waits for another one about the same resource, on another node or of unknown end. Default: 2,000. */
  readonly lockWaitMs?: number | undefined;
  /** How long a repeated request waits for the outcome of the first one; milliseconds. Default: 10,000. */
  readonly joinWaitMs?: number | undefined;
  /** How long requests about one resource wait for each other within a process; milliseconds. Default: 30,000. */
  readonly queueWaitMs?: number | undefined;
  /** Default: a second at first, a minute at most, ten attempts where it cannot be repeated blindly. */
  readonly retry?: Partial<RetryOptions> | undefined;
  /** How often the journal is looked at for what others have left; milliseconds. Default: 1,000. */
  readonly recoverEveryMs?: number | undefined;
  /** Users that are neither deleted nor deactivated nor renamed: the accounts for emergencies. See `protectedUserNames`. */
  readonly isProtected?: ((user: StoredResource) => boolean) | undefined;
  /** How much each credential may take away within an hour; any number unless given. */
  readonly removalLimits?: RemovalLimits | undefined;
  /** For logs and alarms. */
  readonly onEvent?: ((event: WriteBackEvent) => void) | undefined;
}
