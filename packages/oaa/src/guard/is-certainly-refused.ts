import { InputError, RemoteError, UnreachableError, UsageError } from '../errors/index.ts';

/** Whether a request that failed with this error certainly had no effect on the tenant. In doubt it may have had. */
export function isCertainlyRefused(error: unknown): boolean {
  if (error instanceof UnreachableError) return !error.mayHaveBeenReceived && error.code !== 'push-superseded';
  if (error instanceof RemoteError) return !error.mayHaveBeenReceived && error.status >= 400 && error.status < 500;
  return error instanceof UsageError || error instanceof InputError;
}
