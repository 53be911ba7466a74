import { expect, test } from 'vitest';
import { expectError } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { coreUser } from '../support/scim-urns.ts';

describeHosts('1.10 Bulk', (connect) => {
  test('#109 bulk is off: 501 and no effect, and ServiceProviderConfig has all members of it', async () => {
    const scim = await connect();
    const operation = { method: 'POST', path: '/Users', bulkId: 'a', data: { schemas: [coreUser], userName: 'jane' } };
    const answer = await scim.post('/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [operation],
    });
    expectError(answer, 501);
    expect((await scim.read('/Users')).totalResults).toBe(0);
    expect((await scim.read('/ServiceProviderConfig')).bulk).toEqual({
      supported: false,
      maxOperations: expect.any(Number),
      maxPayloadSize: expect.any(Number),
    });
  });
});
