const document = 'OAA with SCIM Lifecycle Management';

/** Where the tenant says what it needs, by the headings of its document. */
export const endpoints = `${document}, Required SCIM 2.0 Endpoints`;
export const authentication = `${document}, Authentication`;
export const extensions = `${document}, Optional: Extension Attributes`;
export const createUserAction = `${document}, Sync Identities (Create User)`;
export const updateUserAction = `${document}, Sync Identities (Update User)`;
export const deprovisionAction = `${document}, De-provision Identity`;
export const deleteAction = `${document}, Delete Identity`;
export const addMemberAction = `${document}, Manage Relationships (Add User to Group)`;
export const removeMemberAction = `${document}, Manage Relationships (Remove User from Group)`;
export const createGroupAction = `${document}, Create Entitlement (Create Group)`;
