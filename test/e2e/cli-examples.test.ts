import { expect, test } from 'vitest';
import { useCliSandbox } from '../support/cli-sandbox.ts';

const { oaa } = await useCliSandbox();

test('the examples in help run against a tenant', async () => {
  const lines = [
    'validate payload.json',
    'validate payload.json --fail-on-warnings --json',
    'diff pushed.json payload.json',
    'diff pushed.json payload.json --detailed-exit --json',
    'push payload.json --provider PORTAL --data-source portal.example.com --create-provider',
    'push payload.json --provider PORTAL --data-source portal.example.com --dry-run',
    'provider list',
    'provider list --filter FILTER --json',
    'provider get PORTAL',
    'tenant check',
    'tenant check --json',
    'provider delete PORTAL --yes',
  ];
  const helps = await Promise.all(
    ['validate', 'diff', 'push', 'provider list', 'provider get', 'tenant check', 'provider delete'].map((words) =>
      oaa([...words.split(' '), '--help']),
    ),
  );
  const shown = helps.flatMap(
    ({ stdout }) =>
      stdout
        .split(/\nExamples?\n/)[1]
        ?.trim()
        .split(/\n\s*/) ?? [],
  );
  const plain = shown.map((line) =>
    line
      .replace(/^oaa /, '')
      .replaceAll("'Customer Portal'", 'PORTAL')
      .replace(/'name eq .*'/, 'FILTER'),
  );
  expect(plain).toEqual(lines);
  for (const line of lines) {
    const words = line
      .split(' ')
      .map((word) => (word === 'PORTAL' ? 'Customer Portal' : word === 'FILTER' ? 'name eq "Customer Portal"' : word));
    const result = await oaa(words);
    expect([line, result.exitCode, result.stderr.includes('Error')]).toEqual([line, 0, false]);
  }
});
