import type { WireApplicationPayload } from '@oaa-kit/oaa';

export interface PushRequest {
  /** Somebody has looked at what would go, and let it. */
  readonly acceptRemoval: boolean;
  /** Called when nothing more stands in the way, before anything is sent; what it throws stops the push. */
  readonly beforeSend: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** A push that was confirmed. */
export interface Delivered {
  /** The tenant's id of the data source: another one than before has to be filled again. */
  readonly dataSourceId: string;
  /** What the tenant took in but complains about. */
  readonly warnings: readonly string[];
}

/** Where payloads go. */
export interface PushTarget {
  /**
   * Makes the payload the whole content of the data source.
   *
   * @throws GuardError when it would remove too much: nothing was sent. RemoteError when it was refused. UnreachableError when
   * it could not be delivered, or nobody knows.
   */
  push(payload: WireApplicationPayload, request: PushRequest): Promise<Delivered>;
  /** The id that the data source has now; undefined when there is none. */
  dataSourceId(signal: AbortSignal): Promise<string | undefined>;
}
