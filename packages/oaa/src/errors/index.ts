export {
  CredentialsError,
  type FieldViolation,
  GuardError,
  InputError,
  RemoteError,
  type Removal,
  UnreachableError,
  UsageError,
} from './errors.ts';
export { type ExitCode, exitCodes } from './exit-codes.ts';
export { didYouMean, nearestName } from './nearest-name.ts';
export { type ErrorCode, OaaError } from './oaa-error.ts';
