import type { Intent, Removals } from '../directory/write-back.ts';

/** What those who run a service should know of. */
export type WriteBackEvent =
  /** Nobody knows yet whether the application has done it. */
  | { readonly type: 'unknown'; readonly intent: Intent; readonly reason: string; readonly error?: unknown }
  /** It is left to people: `oaa scim journal`. */
  | { readonly type: 'needs-attention'; readonly intent: Intent; readonly reason: string; readonly error?: unknown }
  /** An intent that somebody else had left was brought to its end. */
  | { readonly type: 'recovered'; readonly intent: Intent; readonly outcome: 'applied' | 'refused' }
  /** An alarm: a credential takes away more than it may. */
  | { readonly type: 'removal-limit'; readonly actor: string; readonly kind: keyof Removals; readonly limit: number }
  /** The journal could not be read or written; it is tried again. */
  | { readonly type: 'journal-failed'; readonly error: unknown };
