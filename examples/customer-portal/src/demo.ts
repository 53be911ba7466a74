// The main job from end to end, against a sandbox on this machine: model, validate, register, push, ask, push again.
import { formatDiagnostic, hasErrors, Tenant, validate } from '@oaa-kit/oaa';
import { accessPaths, formatPath, indexAccess } from '@oaa-kit/oaa/graph';
import { createSandbox } from '@oaa-kit/registrar/sandbox';
import { buildPortal } from './build-portal.ts';

const names = { provider: 'Customer Portal', dataSource: 'portal.example.com' } as const;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function step(number: number, title: string): void {
  say(`\n${number}. ${title}`);
}

function counted(counts: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`)
    .join(', ');
}

const sandbox = await createSandbox();
try {
  say(`A sandbox stands in for the tenant: ${sandbox.url} (it ends with this demo).`);
  const tenant = new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey });

  step(1, 'Model the application in code');
  const portal = buildPortal();
  say(
    `   ${portal.users.size} users, ${portal.groups.size} groups, ${portal.roles.size} roles, ${portal.permissions.size} permissions`,
  );

  step(2, 'Validate it before anything is sent');
  const problems = validate(portal);
  say(`   ${problems.length === 0 ? 'no problems' : problems.map(formatDiagnostic).join('\n   ')}`);
  if (hasErrors(problems)) throw new Error('The example does not validate.');

  step(3, 'Register the provider and push');
  const first = await tenant.push({ ...names, payload: portal, createProvider: { template: 'application' } });
  say(
    `   ${first.jsonBytes.toLocaleString('en')} bytes of JSON went as ${first.sentBytes.toLocaleString('en')} (${first.mode})`,
  );
  say(
    `   accepted; ${first.warnings.length} warnings, because no identity provider here knows these people yet, such as:`,
  );
  say(`   ${first.warnings[0]?.message.slice(0, 100)}`);

  step(4, 'What the tenant now holds');
  const held = () => sandbox.dataSource(names.provider, names.dataSource);
  say(`   ${counted(held()?.counts ?? {})}`);

  step(5, 'Who can do what, and why');
  const index = indexAccess(portal.payload.toJSON());
  for (const question of [
    { user: 'jonas.albrecht', permission: 'Refund', resource: 'EU.Aurora Foods.Ledger' },
    { user: 'otto.albrecht', permission: 'Edit', resource: 'US.Delta Robotics' },
    { user: 'root', permission: 'Export', resource: 'EU.Cumulus Travel' },
  ]) {
    const { paths } = accessPaths(index, question);
    say(
      `   May ${question.user} ${question.permission} on ${question.resource}? ${paths.length === 0 ? 'No.' : `Yes, in ${paths.length} way(s):`}`,
    );
    for (const path of paths) say(`     ${formatPath(path)}`);
  }

  step(6, 'The application changes; push again: a push is a snapshot');
  portal.removeUser('bruno.albrecht');
  portal.users.get('otto.albrecht')?.removeFromGroup('Support Night Shift');
  portal.addUser('zoe.keller', {
    email: 'zoe.keller@example.com',
    identities: ['zoe.keller@example.com'],
    groups: ['Audit'],
  });
  portal.removeAccessCredential('key-partner');
  await tenant.push({ ...names, payload: portal });
  say(`   ${counted(held()?.counts ?? {})}`);
  const after = accessPaths(indexAccess(portal.payload.toJSON()), {
    user: 'otto.albrecht',
    permission: 'Edit',
    resource: 'US.Delta Robotics',
  });
  say(`   May otto.albrecht still Edit on US.Delta Robotics? ${after.paths.length === 0 ? 'No.' : 'Yes.'}`);

  say(
    '\nDone. The tenant holds the application as it is now: two snapshots were accepted, nothing was left half-pushed.',
  );
  say('Next: put your own application in place of examples/customer-portal/src/build-portal.ts, or read README.md.');
} finally {
  await sandbox.close();
}
