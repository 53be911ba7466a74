import { InputError } from '../../errors/errors.ts';
import type { WireApplicationPayload } from '../application/wire.ts';
import { isObject, type JsonObject } from '../json.ts';
import { isStreaming, type PayloadSource } from '../serialise.ts';
import { templateOf } from '../validate.ts';
import { applicationDifferences } from './application-differences.ts';
import { type Change, type Difference, diffKinds } from './difference.ts';
import { shallowDifferences } from './shallow-differences.ts';

/** How many entries of a kind were added, removed and changed. */
export type DiffCounts = Readonly<Record<Change, number>>;

/** What a push of `after` would change where `before` is: a JSON document. */
export interface PayloadDiff {
  readonly version: 1;
  /** Undefined when no known template has the keys of the payloads. */
  readonly template: string | undefined;
  readonly different: boolean;
  /** By kind; all kinds of the application template, of other templates those that differ. */
  readonly counts: Readonly<Record<string, DiffCounts>>;
  /** By kind: what the old payload has in its order, then what only the new one has in its order. */
  readonly differences: Readonly<Record<string, readonly Difference[]>>;
}

/** A builder, or a plain JSON value that has the shape of a payload. */
export type ComparablePayload = PayloadSource | WireApplicationPayload;

/** The plain JSON value of a payload: itself, or what a builder writes. */
export function plainPayload(payload: ComparablePayload): JsonObject {
  const source = payload as PayloadSource;
  if (!isStreaming(source)) return source;
  const value: unknown = source.toJSON?.() ?? JSON.parse(Array.from(source.jsonChunks()).join(''));
  return isObject(value) ? value : {};
}

/** The template of both payloads. */
function commonTemplate(before: JsonObject, after: JsonObject): string | undefined {
  const [old, current] = [templateOf(before), templateOf(after)];
  if (old === current) return old;
  throw new InputError(
    'input-invalid',
    `The payloads are of different templates: ${old ?? 'an unknown one'} and ${current ?? 'an unknown one'}.`,
    { hint: 'Compare two payloads for the same data source.' },
  );
}

/**
 * Every difference between two payloads, one after the other, without keeping them.
 *
 * @throws InputError when the two are of different templates
 */
function payloadDifferences(before: ComparablePayload, after: ComparablePayload): Iterable<Difference> {
  const [old, current] = [plainPayload(before), plainPayload(after)];
  const template = commonTemplate(old, current);
  return template === 'application' ? applicationDifferences(old, current) : shallowDifferences(old, current);
}

function emptyTable<Value>(template: string | undefined, make: () => Value): Map<string, Value> {
  return new Map(template === 'application' ? diffKinds.map((kind) => [kind, make()]) : []);
}

function entryOf<Value>(table: Map<string, Value>, kind: string, make: () => Value): Value {
  const value = table.get(kind) ?? make();
  table.set(kind, value);
  return value;
}

const noCounts = () => ({ added: 0, removed: 0, changed: 0 });

/**
 * Compares two payloads that passed validation, as the tenant would: keys without regard to case, by application, ids
 * before names; grants one by one (identity, permission or role, one target), whatever their order and grouping.
 * Linear in both payloads.
 *
 * Payloads of other templates than `application` are compared by the lists at their root only: see the kind `root`, and
 * fields of entities for everything within them.
 *
 * @throws InputError when the two are of different templates
 *
 * @example
 * const { counts, differences } = diffPayloads(JSON.parse(yesterday), portal);
 * console.log(counts.users, differences.memberships);
 */
export function diffPayloads(before: ComparablePayload, after: ComparablePayload): PayloadDiff {
  const [old, current] = [plainPayload(before), plainPayload(after)];
  const template = commonTemplate(old, current);
  const counts = emptyTable(template, noCounts);
  const differences = emptyTable<Difference[]>(template, () => []);
  let different = false;
  for (const difference of payloadDifferences(old, current)) {
    different = true;
    entryOf(counts, difference.kind, noCounts)[difference.change] += 1;
    entryOf(differences, difference.kind, () => []).push(difference);
  }
  return {
    version: 1,
    template,
    different,
    counts: Object.fromEntries(counts),
    differences: Object.fromEntries(differences),
  };
}

/**
 * Only the counts of `diffPayloads`, without a list of what differs.
 *
 * @throws InputError when the two are of different templates
 */
export function countDifferences(
  before: ComparablePayload,
  after: ComparablePayload,
): Readonly<Record<string, DiffCounts>> {
  const [old, current] = [plainPayload(before), plainPayload(after)];
  const counts = emptyTable(commonTemplate(old, current), noCounts);
  for (const { kind, change } of payloadDifferences(old, current)) entryOf(counts, kind, noCounts)[change] += 1;
  return Object.fromEntries(counts);
}
