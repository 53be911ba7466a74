import type { ApplicationOperation } from '../directory/write-back.ts';

/** How an adapter is called. */
export interface AdapterCall {
  /**
   * The same in every attempt at this operation, and never used for another: an application that knows it does nothing
   * twice. Letters, digits, `-` and `.`, at most 64.
   */
  readonly idempotencyKey: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Ends when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** What the application said to an operation. */
export type AdapterAnswer =
  | {
      readonly type: 'applied';
      /** Of what was created, where the application gave it an identifier. */
      readonly nativeId?: string | undefined;
    }
  /** Nothing was done. */
  | {
      readonly type: 'refused';
      /** For the client: a sentence without secrets. */
      readonly reason: string;
      /** `conflict`: somebody else has the name (409 `uniqueness`); `not-found` (404); default: 400 `invalidValue`. */
      readonly kind?: 'conflict' | 'invalid' | 'not-found' | undefined;
    }
  /** It may have been done. A time-out, a cut connection and an answer that makes no sense are this, too. */
  | { readonly type: 'unknown'; readonly reason: string };

/** What a look at the application shows of an operation that may have been done. */
export type ProbeAnswer =
  | { readonly type: 'applied'; readonly nativeId?: string | undefined }
  | { readonly type: 'not-applied' }
  | { readonly type: 'unknown'; readonly reason: string };

/**
 * Carries accepted changes into an application. What it throws counts as `unknown`.
 *
 * An operation is asked for once at a time, and those of one resource one after the other, as far as anybody can know. What
 * is not waited for any more (after its time, or in a process that stood still for longer than its lease) may still be under
 * way when it is asked for again, from here or from another node. It has the same idempotency key then: an application that
 * knows keys does it once. For one that does not, end what is under way when `signal` ends, and let `probe` answer `unknown`
 * while it may still take effect.
 */
export interface ApplicationAdapter {
  /** For logs and `oaa scim journal`. */
  readonly name: string;
  /**
   * Whether the same operation with the same key may be asked for again when nobody knows what came of it: what was done is
   * answered `applied` again, with the same `nativeId`, never `refused` because it is so already.
   */
  readonly repeatable: boolean;
  /** How many members one operation may name; 500 unless given. */
  readonly maxMembersPerOperation?: number | undefined;
  apply(operation: ApplicationOperation, call: AdapterCall): Promise<AdapterAnswer>;
  /**
   * Looks whether an operation was done. `not-applied` has it asked for again: it is said only when no earlier call can
   * still take effect. Without a probe, an operation that is not repeatable and whose end is unknown is left to people.
   */
  probe?(operation: ApplicationOperation, call: AdapterCall): Promise<ProbeAnswer>;
  /** @throws when the application cannot be reached or the adapter is not set up right: the service does not start then */
  check?(): Promise<void>;
  close?(): Promise<void>;
}
