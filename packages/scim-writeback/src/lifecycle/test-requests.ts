import type nock from 'nock';
import { listOf, scimJson, service } from '../client/test-service.ts';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export const patchOf = (...Operations: nock.DataMatcherMap[]): nock.DataMatcherMap => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});

export const attributes = {
  user_name: 'jane.doe',
  given_name: 'Jane',
  family_name: 'Doe',
  formatted_name: 'Jane Doe',
  emails: 'jane.doe@example.com',
};
/** The body of "Sync Identities (Create User)". */
export const newJane = {
  schemas: [userUrn],
  userName: 'jane.doe',
  name: { givenName: 'Jane', familyName: 'Doe', formatted: 'Jane Doe' },
  emails: [{ value: 'jane.doe@example.com', primary: true }],
  active: true,
};

/** Answers the look-up of a user name. */
export function lookUp(userName: string, ...found: readonly object[]): void {
  service()
    .get('/Users')
    .query({ filter: `userName eq "${userName}"` })
    .reply(200, listOf(found), scimJson);
}
