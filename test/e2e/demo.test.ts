import { expect, test } from 'vitest';
import { nodeArguments } from '../support/oaa-command.ts';
import { repositoryRoot } from '../support/repository.ts';
import { describeResult, runProcess } from '../support/run-process.ts';

test('the demo goes from files to a tenant, shows what changed, and is stopped by the guard', async () => {
  const args = [...nodeArguments, '--no-warnings', 'examples/customer-portal/src/demo.ts'];
  const options = { cwd: repositoryRoot, env: { PATH: process.env.PATH ?? '' } };
  const result = await runProcess(process.execPath, args, options);
  expect(result.exitCode, describeResult(result)).toBe(0);
  expect(result.stderr).toBe('');
  const wanted = [
    '1. Build a payload from five CSV files and one NDJSON file',
    '254 rows; no problems',
    '2. Register the provider and push',
    'The tenant holds 201 users, 20 groups, 4 roles, 2 credentials, 6 permissions, 17 resources.',
    'May otto.albrecht Edit on US.Delta Robotics? Yes:',
    'May root Export on EU.Cumulus Travel? Yes, in 2 ways:',
    '~ otto.albrecht: custom_properties.department Support Night Shift -> Audit',
    '+ EU.Fjord Logistics',
    '25 differences:',
    'The tenant holds 197 users, 21 groups, 4 roles, 1 credentials, 6 permissions, 20 resources.',
    'May otto.albrecht Edit on US.Delta Robotics? No.',
    'this push would remove from the data source "portal.example.com" 137 of 197 users (70 %)',
    'The tenant holds 197 users, 21 groups, 4 roles, 1 credentials, 6 permissions, 20 resources.',
    'Done.',
  ];
  let rest = result.stdout;
  for (const line of wanted) {
    expect(rest).toContain(line);
    rest = rest.slice(rest.indexOf(line) + line.length);
  }
});
