import { expect, test } from 'vitest';
import { nodeArguments } from '../support/oaa-command.ts';
import { repositoryRoot } from '../support/repository.ts';
import { describeResult, runProcess } from '../support/run-process.ts';

async function runDemo(example: string, wanted: readonly string[]): Promise<void> {
  const args = [...nodeArguments, '--no-warnings', `examples/${example}/src/demo.ts`];
  const options = { cwd: repositoryRoot, env: { PATH: process.env.PATH ?? '' } };
  const result = await runProcess(process.execPath, args, options);
  expect(result.exitCode, describeResult(result)).toBe(0);
  expect(result.stderr).toBe('');
  let rest = result.stdout;
  for (const line of wanted) {
    expect(rest).toContain(line);
    rest = rest.slice(rest.indexOf(line) + line.length);
  }
}

test(
  'the demo goes from files to a tenant, shows what changed, and is stopped by the guard',
  () =>
    runDemo('customer-portal', [
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
    ]),
  120_000,
);

test(
  'then the tenant changes accounts over SCIM: files, directory and payload follow, and say the same',
  () =>
    runDemo('write-back', [
      '+ "Help Desk" is created',
      '+ configuration_json.scim_token: (secret, new)',
      'Checked the SCIM endpoint of Help Desk',
      'Applied: 1 provider.',
      'Nothing to do: 1 provider as declared.',
      'The directory has 11 users and groups and 9 memberships of the base.',
      'POST /Users -> 201',
      'users.csv + kim.frei,Kim,Frei,kim.frei@example.com,,yes,,',
      'users: 1 added',
      'PATCH /Users/',
      'users.csv + kim.frei,Kim,Frei,kim.frei@example.com,Agent,yes,,',
      'custom_properties.title none -> Agent',
      'teams.csv + Experts,',
      'users.csv + kim.frei,Kim,Frei,kim.frei@example.com,Agent,yes,Experts,',
      'memberships: 1 added',
      '"path":"active","value":false',
      'users.csv + noah.iten,Noah,Iten,noah.iten@example.com,Agent,no,Agents;Night shift,14.01.2021',
      'noah.iten: is_active true -> false',
      'DELETE /Users/',
      'grants.csv - user,noah.iten,Close,Tickets',
      'user noah.iten: permission Close on resource Tickets',
      'This user is protected here and is not deactivated over SCIM.',
      'users.csv + zoe.alder,Zoe,Alder,zoe.alder@example.com,,yes,Leads,22.11.2026',
      'user zoe.alder in group Leads',
      'In agreement: application = directory = tenant, in 52 facts.',
    ]),
  120_000,
);
