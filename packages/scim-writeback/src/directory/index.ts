export type { Credential, CredentialStore, NewCredential, Scope, StoredCredential } from './credentials.ts';
export { scopes } from './credentials.ts';
export type {
  ChangeContext,
  ChangedFacts,
  ChangeRow,
  Directory,
  GroupMember,
  Membership,
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
