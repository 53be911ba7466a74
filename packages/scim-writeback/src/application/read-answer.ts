import type { AdapterAnswer, ProbeAnswer } from './adapter.ts';

/** Longer identifiers are no identifiers. */
const maxNativeIdLength = 1024;
/** A reason is a sentence: a page of HTML is cut off. */
const maxReasonLength = 500;

type Fields = Readonly<Record<string, unknown>>;

/** An answer of an adapter, which may be anything: what makes no sense is `unknown`, since something may have been done. */
export function readAnswer(value: unknown): AdapterAnswer {
  const fields = fieldsOf(value);
  switch (fields?.type) {
    case 'applied':
      return readApplied(fields);
    case 'refused':
      return readRefused(fields);
    case 'unknown':
      return { type: 'unknown', reason: readReason(fields) ?? 'The adapter does not know what came of it.' };
    default:
      return nonsense('an answer of a type that there is not');
  }
}

/** What a probe says, like `readAnswer`. */
export function readProbe(value: unknown): ProbeAnswer {
  const fields = fieldsOf(value);
  switch (fields?.type) {
    case 'applied':
      return readApplied(fields);
    case 'not-applied':
      return { type: 'not-applied' };
    case 'unknown':
      return { type: 'unknown', reason: readReason(fields) ?? 'The adapter cannot tell whether it was done.' };
    default:
      return nonsense('an answer of a type that there is not');
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function readApplied({ nativeId }: Fields): Extract<ProbeAnswer, { type: 'applied' | 'unknown' }> {
  if (nativeId === undefined || nativeId === null) return { type: 'applied' };
  if (typeof nativeId !== 'string' || nativeId === '' || nativeId.length > maxNativeIdLength) {
    return nonsense('a native id that is no text of 1 to 1024 characters');
  }
  return { type: 'applied', nativeId };
}

function readRefused(fields: Fields): AdapterAnswer {
  const reason = readReason(fields);
  if (reason === undefined) return nonsense('a refusal without a reason');
  switch (fields.kind) {
    case undefined:
      return { type: 'refused', reason, kind: 'invalid' };
    case 'conflict':
    case 'invalid':
    case 'not-found':
      return { type: 'refused', reason, kind: fields.kind };
    default:
      return nonsense('a refusal of a kind that there is not');
  }
}

function readReason({ reason }: Fields): string | undefined {
  if (typeof reason !== 'string' || reason.trim() === '') return undefined;
  return reason.length > maxReasonLength ? `${reason.slice(0, maxReasonLength)}...` : reason;
}

function nonsense(what: string): { readonly type: 'unknown'; readonly reason: string } {
  return { type: 'unknown', reason: `The adapter gave ${what}.` };
}
