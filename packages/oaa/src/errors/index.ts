export {
  CredentialsError,
  type FieldViolation,
  GuardError,
  InputError,
  type InputErrorOptions,
  RemoteError,
  type RemoteErrorOptions,
  UnreachableError,
  type UnreachableErrorOptions,
  UsageError,
} from './errors.ts';
export { type ExitCode, exitCodes } from './exit-codes.ts';
export { didYouMean, nearestName } from './nearest-name.ts';
export { type ErrorCode, OaaError, type OaaErrorOptions } from './oaa-error.ts';
