import type { ApplicationOperation, SqlTransaction } from '../directory/write-back.ts';
import type { AdapterAnswer, ApplicationAdapter } from './adapter.ts';

/** Nothing is unknown of what is in one's own transaction. */
export type JoiningAnswer = Exclude<AdapterAnswer, { readonly type: 'unknown' }>;

/**
 * Carries accepted changes into an application whose tables are in the directory's own database: within the transaction
 * that writes the directory, so that both are changed or neither is, whatever is killed when. There is no call to be
 * looked up or repeated afterwards.
 *
 * It does all that it does through the transaction it is given, since it may be asked again when that is rolled back; it
 * touches no tables of the directory; and it waits for nothing else, since all other changes wait for it.
 */
export interface JoiningAdapter {
  /** For logs and `oaa scim journal`. */
  readonly name: string;
  /** How many members one operation may name; 500 unless given. */
  readonly maxMembersPerOperation?: number | undefined;
  /**
   * @throws whatever it likes: all is rolled back, the client gets 503 with `Retry-After`, and it is tried again. An answer
   * that makes no sense, and none within the time for calls, are the same.
   */
  applyWithin(operation: ApplicationOperation, transaction: SqlTransaction): Promise<JoiningAnswer>;
  /** @throws when the adapter is not set up right: the service does not start then */
  check?(): Promise<void>;
  close?(): Promise<void>;
}

/** An adapter of either kind. */
export type Adapter = ApplicationAdapter | JoiningAdapter;
