import { GuardError, type Removal } from '../errors/index.ts';
import type { RemovalLimits } from './removals.ts';

function describe({ kind, removed, total }: Removal): string {
  const share = Math.round((100 * removed) / total);
  return `${removed.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${kind} (${share} %)`;
}

/** The push would remove more than the limits allow. */
export function tooMuchError(
  dataSource: string,
  against: string,
  removals: readonly Removal[],
  { maxRemovalPercent, minimumRemovals }: RemovalLimits,
): GuardError {
  const highest = Math.max(...removals.map(({ removed, total }) => Math.ceil((100 * removed) / total)));
  return new GuardError(
    'guard',
    `Compared with ${against}, this push would remove from the data source "${dataSource}" ${removals.map(describe).join(', ')}. ` +
      `At most ${maxRemovalPercent} % or ${minimumRemovals} of a kind may go. Nothing was sent.`,
    {
      removals,
      hint: `See what would go: oaa diff <last payload> <this payload>. When it is right, push with --max-removal ${highest} (in code: maxRemovalPercent).`,
    },
  );
}

/** There is nothing to compare the push with. */
export function missingError(dataSource: string, folder: string): GuardError {
  return new GuardError(
    'baseline-missing',
    `The data source "${dataSource}" is on the tenant already, and there is no record in ${folder} of what was pushed to it last: what this push would remove is unknown. Nothing was sent.`,
    {
      hint: 'When this payload is complete, push once with --first-push (in code: firstPush). When another machine pushes to it, share its folder of records (--state-dir or OAA_STATE_DIR).',
    },
  );
}
