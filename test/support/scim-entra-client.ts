import type { ScimAnswer, ScimClient } from './scim-client.ts';

/** Sends as the provisioning service of Entra ID does; the tenant URL may carry its flag. */
export function entraClient(scim: ScimClient, flag: '' | '?aadOptscim062020' = '') {
  const headers = { 'content-type': 'application/scim+json; charset=utf-8', accept: 'application/scim+json' };
  const send = (method: string, path: string, body?: unknown): Promise<ScimAnswer> =>
    scim.request(method, `${path}${flag === '' ? '' : flag.replace('?', path.includes('?') ? '&' : '?')}`, {
      headers,
      body,
    });
  return {
    send,
    find: (endpoint: '/Users' | '/Groups', filter: string, query = '') =>
      send('GET', `${endpoint}?${query}filter=${encodeURIComponent(filter).replaceAll('%20', '+')}`),
    patch: (path: string, ...operations: readonly object[]) =>
      send('PATCH', path, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: operations,
      }),
  };
}

/** A user as Entra ID makes it. */
export const entraUser = `{
    "schemas": [
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
    "userName": "Test_User_ab6490ee",
    "active": true,
    "emails": [{
        "primary": true,
        "type": "work",
        "value": "Test_User_fd0ea19b@testuser.com"
    }],
    "meta": {
        "resourceType": "User"
    },
    "name": {
        "formatted": "givenName familyName",
        "familyName": "familyName",
        "givenName": "givenName"
    },
    "roles": []
}`;

/** A group as Entra ID makes it. */
export const entraGroup = `{
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
    "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
    "displayName": "displayName",
    "meta": {
        "resourceType": "Group"
    }
}`;
