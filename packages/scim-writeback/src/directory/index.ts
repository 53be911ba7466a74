export type {
  AcceptedBase,
  ApplicationName,
  BaseChanges,
  BaseNotice,
  BaseStore,
  FirstContact,
  LastBase,
  SubmitOptions,
} from './bases.ts';
export type { Credential, CredentialStore, NewCredential, Scope, StoredCredential } from './credentials.ts';
export { scopes } from './credentials.ts';
export type {
  ChangeContext,
  ChangedFacts,
  ChangeRow,
  Directory,
  GroupMember,
  Membership,
  NewMember,
  NewResource,
  Organization,
  OrganizationDirectory,
  OrganizationStore,
  ResourceChange,
  ResourceKind,
  ResourcePage,
  ResourceQuery,
  StoredResource,
  UpdateOutcome,
} from './directory.ts';
export { DirectoryBusyError } from './directory-busy-error.ts';
export { DirectoryUnwritableError, type UnwritableReason } from './directory-unwritable-error.ts';
export type { HistoryStore } from './history.ts';
export type { PublicationKey, PublicationState, PublicationStore, PublicationView } from './publications.ts';
export { RetryLaterError } from './retry-later-error.ts';
export type { BaseRecord, DriftRecord, Intent, IntentStore, Link, LinkStore } from './write-back.ts';
