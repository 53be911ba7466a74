import { UsageError } from '@oaa-kit/oaa';
import type { AdminRoute } from './admin-exchange.ts';
import type { AdminServiceOptions } from './admin-service.ts';
import { beginBase } from './begin-base.ts';
import { listBases } from './list-bases.ts';
import { rotateNamedToken } from './rotate-named-token.ts';
import { submitBases } from './submit-bases.ts';

/** What a tenant takes in one push (OAA, payload size). */
const defaultPayloadBytes = 100_000_000;

/**
 * The paths of the administration API, as they stand in a URL.
 *
 * @throws UsageError for a bound that is none
 */
export function adminRoutes({
  payloadBytes = defaultPayloadBytes,
  applicationOf,
}: Pick<AdminServiceOptions, 'payloadBytes' | 'applicationOf'>): ReadonlyMap<string, AdminRoute> {
  if (!Number.isSafeInteger(payloadBytes) || payloadBytes < 1) {
    throw new UsageError('setting-invalid', 'The limit payloadBytes has to be a whole number above 0.');
  }
  return new Map<string, AdminRoute>([
    ['/bases/begin', new Map([['POST', beginBase]])],
    [
      '/bases',
      new Map([
        ['GET', listBases],
        ['POST', submitBases(payloadBytes, applicationOf)],
      ]),
    ],
    ['/tokens/rotate', new Map([['POST', rotateNamedToken]])],
  ]);
}
