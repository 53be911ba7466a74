import { UsageError } from '@oaa-kit/oaa';

/** When things are published; all in milliseconds. */
export interface PublishSettings {
  /** Nothing has changed for so long. */
  readonly quietMs: number;
  /** Nothing that has changed waits for longer, however much goes on. */
  readonly longestWaitMs: number;
  /** From the beginning of one push, or attempt at one, to the next. */
  readonly minimumIntervalMs: number;
  /** Everything is pushed again after so long. */
  readonly fullEveryMs: number;
  /** How long a push may take; so long the next owner waits for one whose end nobody has noted. */
  readonly pushTimeoutMs: number;
  /** How long a publisher that has gone silent is waited for. */
  readonly leaseMs: number;
  /** After the first push that came to nothing; twice as long after each further one, up to `retryToMs`. */
  readonly retryFromMs: number;
  readonly retryToMs: number;
  /** How often the tenant is asked whether the data source is still the same. */
  readonly checkTargetEveryMs: number;
  /** How often the database is asked whether anything has changed. */
  readonly pollMs: number;
}

const second = 1_000;
const minute = 60 * second;

export const defaultPublishSettings: PublishSettings = {
  quietMs: 2 * second,
  longestWaitMs: 30 * second,
  minimumIntervalMs: minute,
  fullEveryMs: 24 * 60 * minute,
  pushTimeoutMs: 5 * minute,
  leaseMs: 30 * second,
  retryFromMs: 5 * second,
  retryToMs: 15 * minute,
  checkTargetEveryMs: 10 * minute,
  pollMs: 500,
};

/** Timers of Node take no longer time. */
const longestMs = 2 ** 31 - 1;
const mayBeZero: ReadonlySet<string> = new Set(['quietMs', 'longestWaitMs', 'minimumIntervalMs']);

/**
 * The settings, with the usual ones for those that are left out.
 *
 * @throws UsageError naming each that is no such time
 */
export function publishSettings(given: Partial<PublishSettings> = {}): PublishSettings {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const settings: PublishSettings = { ...defaultPublishSettings, ...Object.fromEntries(known) };
  const wrong = Object.entries(settings).filter(
    ([name, value]) => !Number.isInteger(value) || value < (mayBeZero.has(name) ? 0 : 1) || value > longestMs,
  );
  if (wrong.length === 0) return settings;
  const names = wrong.map(([name, value]) => `${name} (${value})`).join(', ');
  throw new UsageError(
    'setting-invalid',
    `These settings of publishing are no times that can be waited for: ${names}.`,
    {
      hint: `Give whole milliseconds, at most ${longestMs}.`,
    },
  );
}
