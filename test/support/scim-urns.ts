/** URNs as the RFCs write them, apart from the constants of the service. */
export const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const listResponse = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const errorMessage = 'urn:ietf:params:scim:api:messages:2.0:Error';
/** The custom extension of users that the hosts of the tests have. */
export const badge = 'urn:example:scim:schemas:extension:badge:2.0:User';
