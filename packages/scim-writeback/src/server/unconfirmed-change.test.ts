import { expect, onTestFinished, test } from 'vitest';
import { TestApplication } from '../application/test-application.ts';
import { withWriteBack } from '../application/with-write-back.ts';
import { openTestDirectory, patchBody, startService, userBody } from './test-service.ts';

test('a change that the application has not confirmed is 503 with Retry-After, and its refusal a SCIM error', async () => {
  const application = new TestApplication();
  const directory = withWriteBack(
    await openTestDirectory(),
    new Map([['acme', { adapter: application, retry: { firstMs: 60_000 }, joinWaitMs: 10, lockWaitMs: 10 }]]),
  );
  onTestFinished(() => directory.close());
  const service = await startService({ directory });
  const made = await service.call('POST', '/Users', { body: userBody('jane') });
  expect(made.status).toBe(201);
  application.before = async () => ({ type: 'refused', kind: 'conflict', reason: 'The application has this name.' });
  const refused = await service.call('POST', '/Users', { body: userBody('kim') });
  expect([refused.status, refused.body]).toEqual([
    409,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      detail: 'The application has this name.',
      scimType: 'uniqueness',
      status: '409',
    },
  ]);
  application.before = async () => ({ type: 'unknown', reason: 'The line is dead.' });
  const deactivation = { body: patchBody({ op: 'replace', path: 'active', value: false }) };
  for (const round of [1, 2]) {
    const answer = await service.call('PATCH', `/Users/${made.body.id}`, deactivation);
    expect([round, answer.status, answer.headers['retry-after'], answer.body]).toEqual([
      round,
      503,
      '5',
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        detail:
          'The application has not confirmed the change yet. Repeat the request in a while: it is not done twice.',
        status: '503',
      },
    ]);
  }
  // An organization without an application is served as before.
  expect((await service.call('POST', '/Users', { body: userBody('joe'), token: 'globex' })).status).toBe(201);
  expect((await service.call('GET', `/Users/${made.body.id}`)).body.active).toBe(true);
});
