import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { checkEndpoint } from './check-endpoint.ts';
import { checkCodes, requirements } from './requirements/all-requirements.ts';
import { startEndpoint } from './test-endpoint.ts';
import { faultsOfGroups } from './test-faults-of-groups.ts';
import { faultsOfReading } from './test-faults-of-reading.ts';
import { faultsOfUsers } from './test-faults-of-users.ts';

const faults = [...faultsOfReading, ...faultsOfUsers, ...faultsOfGroups];

describe('a service that', () => {
  test.each(faults.map((one) => [one.name, one.finds, one] as const))(
    '%s is found out by %s',
    async (_name, code, { fault, as, follows = [], leaves, reader }) => {
      const { url, auth, readerAuth, everything } = await startEndpoint(fault());
      const before = await everything();
      const credential = reader === true ? readerAuth : auth;
      const { outcome, results, leftBehind } = await checkEndpoint({ url, auth: credential, extensionSchemas: true });
      const found = results.filter(({ status }) => status === 'failed' || status === 'warning');
      expect(found.map((result) => result.code).toSorted(), JSON.stringify(found)).toEqual(
        [code, ...follows].toSorted(),
      );
      expect(found.find((result) => result.code === code)).toMatchObject({
        status: as,
        problem: expect.stringMatching(/./),
        fix: expect.stringMatching(/./),
        exchanges: expect.arrayContaining([expect.objectContaining({ answer: expect.anything() })]),
      });
      expect(outcome).toBe(found.some(({ status }) => status === 'failed') ? 'failed' : 'passed');
      expect(leftBehind.length > 0, JSON.stringify(leftBehind)).toBe(leaves === true);
      if (leaves !== true) expect(await everything()).toEqual(before);
    },
    30_000,
  );
});

test('every requirement has a fault that it finds out', () => {
  expect([...new Set(faults.map(({ finds }) => finds))].toSorted()).toEqual([...checkCodes].toSorted());
});

test('the README has a line for each requirement', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = [...readme.matchAll(/^\| `([a-z-]+)` \| (.+) \| (?:failed|warning) \|$/gm)];
  expect(lines.map(([, code, title]) => [code, title])).toEqual(requirements.map(({ code, title }) => [code, title]));
});
