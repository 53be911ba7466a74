import type { ScimAnswer, ScimClient } from './scim-client.ts';

/** Sends as Okta does. */
export function oktaClient(scim: ScimClient) {
  const headers = {
    'user-agent': 'Okta SCIM Client 1.0.0',
    'content-type': 'application/scim+json; charset=utf-8',
    accept: 'application/scim+json',
    'accept-charset': 'utf-8',
  };
  return (method: string, path: string, body?: unknown): Promise<ScimAnswer> =>
    scim.request(method, path, { headers, body });
}

/** A user as Okta makes it. */
export const oktaUser = `{
  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
  "userName": "isaac.brock@example.com",
  "name": {"givenName": "Isaac", "familyName": "Brock"},
  "emails": [{"primary": true, "value": "isaac.brock@example.com", "type": "work"}],
  "displayName": "Isaac Brock",
  "locale": "en-US",
  "externalId": "00ujl29u0le5T6Aj10h7",
  "groups": [],
  "password": "1mz050nq",
  "active": true
}`;
