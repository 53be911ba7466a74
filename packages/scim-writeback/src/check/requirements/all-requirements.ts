import type { Requirement } from '../requirement.ts';
import { activeBoolean } from './active-boolean.ts';
import { answerType } from './answer-type.ts';
import { conflictCase } from './conflict-case.ts';
import { conflictScimType } from './conflict-scim-type.ts';
import { credentialAccepted } from './credential-accepted.ts';
import { credentialWrites } from './credential-writes.ts';
import { errorBody } from './error-body.ts';
import { errorMembers } from './error-members.ts';
import { errorStatus } from './error-status.ts';
import { groupCreate } from './group-create.ts';
import { groupDelete } from './group-delete.ts';
import { groupRead } from './group-read.ts';
import { groupsList } from './groups-list.ts';
import { idStable } from './id-stable.ts';
import { listForm } from './list-form.ts';
import { listMembers } from './list-members.ts';
import { memberAdd } from './member-add.ts';
import { memberAddRepeat } from './member-add-repeat.ts';
import { memberParallel } from './member-parallel.ts';
import { memberRemove } from './member-remove.ts';
import { memberRemoveRepeat } from './member-remove-repeat.ts';
import { metaLocation } from './meta-location.ts';
import { noCredential } from './no-credential.ts';
import { pages } from './pages.ts';
import { patchArray } from './patch-array.ts';
import { patchDotted } from './patch-dotted.ts';
import { patchNoOp } from './patch-no-op.ts';
import { patchRepeat } from './patch-repeat.ts';
import { patchReplace } from './patch-replace.ts';
import { patchSeveral } from './patch-several.ts';
import { requestType } from './request-type.ts';
import { schemasList } from './schemas-list.ts';
import { unknownIdIsNotFound } from './unknown-id.ts';
import { userAttributes } from './user-attributes.ts';
import { userConflict } from './user-conflict.ts';
import { userCreate } from './user-create.ts';
import { userCreateLocation } from './user-create-location.ts';
import { userDeactivate } from './user-deactivate.ts';
import { userDeactivatedKept } from './user-deactivated-kept.ts';
import { userDelete } from './user-delete.ts';
import { userDeleteMemberships } from './user-delete-memberships.ts';
import { userDeleteRepeat } from './user-delete-repeat.ts';
import { userFilter } from './user-filter.ts';
import { userFilterApostrophe } from './user-filter-apostrophe.ts';
import { userFilterCase } from './user-filter-case.ts';
import { userFilterQuotes } from './user-filter-quotes.ts';
import { userFilterUnknown } from './user-filter-unknown.ts';
import { userNameFree } from './user-name-free.ts';
import { userReactivate } from './user-reactivate.ts';
import { userRead } from './user-read.ts';
import { usersList } from './users-list.ts';
import { wrongCredential } from './wrong-credential.ts';
import { wwwAuthenticate } from './www-authenticate.ts';

/** What is checked, in this order: what reads comes first, what makes users and groups before what needs them. */
export const requirements: readonly Requirement[] = [
  credentialAccepted,
  usersList,
  groupsList,
  listForm,
  listMembers,
  answerType,
  unknownIdIsNotFound,
  errorBody,
  errorStatus,
  errorMembers,
  noCredential,
  wrongCredential,
  wwwAuthenticate,
  schemasList,
  userFilterUnknown,
  credentialWrites,
  userCreate,
  userCreateLocation,
  requestType,
  userRead,
  userAttributes,
  activeBoolean,
  idStable,
  metaLocation,
  userFilter,
  userFilterCase,
  userFilterApostrophe,
  userFilterQuotes,
  pages,
  userConflict,
  conflictScimType,
  conflictCase,
  patchReplace,
  patchDotted,
  patchArray,
  patchSeveral,
  patchRepeat,
  patchNoOp,
  userDeactivate,
  userDeactivatedKept,
  userReactivate,
  groupCreate,
  groupRead,
  memberAdd,
  memberAddRepeat,
  memberRemove,
  memberRemoveRepeat,
  memberParallel,
  userDelete,
  userDeleteRepeat,
  userDeleteMemberships,
  userNameFree,
  groupDelete,
];

/** Every code that a report may have. */
export const checkCodes: readonly string[] = requirements.map(({ code }) => code);
