import { InputError, RemoteError, UnreachableError, UsageError } from '../errors/index.ts';

/** Whether a push that failed with this error was certainly not taken in by the tenant. In doubt it may have been. */
export function isCertainlyRefused(error: unknown): boolean {
  if (error instanceof UnreachableError) return !error.mayHaveBeenReceived && error.code !== 'push-superseded';
  if (error instanceof RemoteError) return error.status >= 400 && error.status < 500;
  return error instanceof UsageError || error instanceof InputError;
}
