import { z } from 'zod';
import { seededRandom } from './seeded-random.ts';

export const faultKinds = [
  'latency',
  'too-many-requests',
  'server-error',
  'unavailable',
  'forbidden',
  'cut-before',
  'cut-after',
  'refused-push',
  'html-page',
  'not-json',
] as const;

/**
 * - `latency`: the answer takes `latencyMs` longer; goes together with other faults.
 * - `too-many-requests`: 429 with `Retry-After` (`retryAfter`, 1 unless told otherwise).
 * - `server-error`: 500 in the error envelope. `unavailable`: 503, with `Retry-After` when `retryAfter` is given.
 * - `forbidden`: 403, as for a key without the right.
 * - `cut-before`: the connection is closed and nothing was done. `cut-after`: it was done, and the answer never comes.
 * - `refused-push`: 400 with a violation, at the end of an otherwise good push; nothing is taken in.
 * - `html-page`: 502 with a page, as a proxy sends it. `not-json`: 200 with a page, as a login portal sends it.
 */
export type FaultKind = (typeof faultKinds)[number];

/** When to do what. All keys but `kind` may be left out: the very next request, once. */
export interface FaultRule {
  readonly kind: FaultKind;
  /** Which requests count. */
  readonly match?: FaultMatch | undefined;
  /** The first request that is hit, counted among the matching ones since the rule was set; 1 unless told otherwise. */
  readonly at?: number | undefined;
  /** How many are hit; 1, or with `rate` no end, unless told otherwise. */
  readonly times?: number | 'always' | undefined;
  /** Hits each matching request with this probability from 0 to 1 (seeded, so the same run has the same faults). */
  readonly rate?: number | undefined;
  /** For `latency`. */
  readonly latencyMs?: number | undefined;
  /** Seconds, or an HTTP date; for `too-many-requests` and `unavailable`. */
  readonly retryAfter?: number | string | undefined;
}

export interface FaultMatch {
  readonly method?: string | undefined;
  /** The path without the query; `*` stands for anything: `*:push`. */
  readonly path?: string | undefined;
}

export const faultRuleSchema = z.strictObject({
  kind: z.enum(faultKinds),
  match: z.strictObject({ method: z.string().optional(), path: z.string().max(500).optional() }).optional(),
  at: z.int().positive().optional(),
  times: z.union([z.int().positive(), z.literal('always')]).optional(),
  rate: z.number().min(0).max(1).optional(),
  latencyMs: z.number().min(0).max(600_000).optional(),
  retryAfter: z.union([z.number().min(0), z.string().regex(/^[\x20-\x7e]{1,100}$/)]).optional(),
}) satisfies z.ZodType<FaultRule>;

/** What the sandbox does to one request. */
export interface FaultEffect {
  readonly latencyMs: number;
  /** At most one besides latency. */
  readonly fault: FaultRule | undefined;
}

interface ScheduledRule {
  readonly rule: FaultRule;
  seen: number;
  left: number;
}

/** Whether `text` fits `pattern`, in which `*` stands for any characters. Takes time linear in both. */
export function matchesGlob(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return text === first;
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

function matches(match: FaultMatch | undefined, method: string, path: string): boolean {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false;
  return match?.path === undefined || matchesGlob(match.path, path);
}

/** The faults that are still to happen. */
export class Faults {
  readonly #random: () => number;
  #scheduled: ScheduledRule[] = [];

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Adds rules; the ones that were added first are asked first. */
  schedule(...rules: readonly FaultRule[]): void {
    for (const rule of rules) {
      const times = rule.times ?? (rule.rate === undefined ? 1 : 'always');
      this.#scheduled.push({ rule, seen: 0, left: times === 'always' ? Number.POSITIVE_INFINITY : times });
    }
  }

  /** Forgets all rules. */
  clear(): void {
    this.#scheduled = [];
  }

  /** The rules that may still hit. */
  pending(): FaultRule[] {
    return this.#scheduled.map(({ rule }) => rule);
  }

  /** Asked once for every request: everything except refused pushes. */
  forRequest(method: string, path: string): FaultEffect {
    return this.#take(method, path, (kind) => kind !== 'refused-push');
  }

  /** Asked once for every push that would be taken in. */
  refusesPush(method: string, path: string): boolean {
    return this.#take(method, path, (kind) => kind === 'refused-push').fault !== undefined;
  }

  #take(method: string, path: string, concerns: (kind: FaultKind) => boolean): FaultEffect {
    let latencyMs = 0;
    let fault: FaultRule | undefined;
    for (const scheduled of this.#scheduled) {
      const { rule } = scheduled;
      if (!concerns(rule.kind) || !matches(rule.match, method, path)) continue;
      scheduled.seen += 1;
      if (scheduled.seen < (rule.at ?? 1)) continue;
      if (rule.rate !== undefined && this.#random() >= rule.rate) continue;
      if (rule.kind === 'latency') latencyMs += rule.latencyMs ?? 0;
      else if (fault === undefined) fault = rule;
      else continue;
      scheduled.left -= 1;
    }
    this.#scheduled = this.#scheduled.filter(({ left }) => left > 0);
    return { latencyMs, fault };
  }
}
