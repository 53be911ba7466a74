import { expect, test } from 'vitest';
import { checkEndpoint } from './check-endpoint.ts';
import { startEndpoint } from './test-endpoint.ts';

test('our own service passes every requirement', async () => {
  const { url, auth, everything } = await startEndpoint();
  const before = await everything();
  const report = await checkEndpoint({ url, auth, extensionSchemas: true });
  expect(report.results.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(await everything()).toEqual(before);
});
