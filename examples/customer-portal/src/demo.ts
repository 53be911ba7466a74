// From files to a tenant, against a sandbox on this machine: build, validate, push, ask, compare, push the change, and
// be stopped before a broken export removes people.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  type ApplicationPayload,
  createRemovalGuard,
  formatDiagnostic,
  GuardError,
  hasErrors,
  jsonChunks,
  Tenant,
  validate,
} from '@oaa-kit/oaa';
import { accessPaths, formatPath, indexAccess } from '@oaa-kit/oaa/graph';
import { buildPayload, readMapping } from '@oaa-kit/oaa/sources';
import { createSandbox } from '@oaa-kit/registrar/sandbox';
import { listed, say, step, tell } from '@oaa-kit-examples/narration';
import { printedBy } from '@oaa-kit-examples/narration/run-command';

const names = { provider: 'Customer Portal', dataSource: 'portal.example.com' } as const;
const target = `--provider "${names.provider}" --data-source ${names.dataSource}`;
const example = join(import.meta.dirname, '..');
const temporary = await mkdtemp(join(tmpdir(), 'oaa-demo-'));
const sandbox = await createSandbox();

/** Builds the payload of one state of the files and checks it. */
async function build(folder: string): Promise<ApplicationPayload> {
  const mapping = await readMapping(join(example, 'mapping.yaml'));
  const { payload, diagnostics, rows } = await buildPayload(mapping, { folder: join(example, folder) });
  const problems = [...diagnostics, ...validate(payload)];
  tell(`${rows} rows; ${problems.length === 0 ? 'no problems' : problems.map(formatDiagnostic).join('\n')}`);
  if (hasErrors(problems)) throw new Error('The example does not validate.');
  return payload;
}

/** What `oaa diff` prints. */
async function diff(before: ApplicationPayload, after: ApplicationPayload): Promise<string> {
  const files = [join(temporary, 'before.json'), join(temporary, 'after.json')] as const;
  await writeFile(files[0], jsonChunks(before));
  await writeFile(files[1], jsonChunks(after));
  return printedBy('diff', ...files);
}

/** Answers who can do what, each with the ways that lead there. */
function ask(payload: ApplicationPayload, user: string, permission: string, resource: string): void {
  const { paths } = accessPaths(indexAccess(payload.toJSON()), { user, permission, resource });
  const answer = paths.length === 0 ? 'No.' : paths.length === 1 ? 'Yes:' : `Yes, in ${paths.length} ways:`;
  tell(`May ${user} ${permission} on ${resource}? ${answer}`);
  for (const path of paths) tell(`  ${formatPath(path)}`);
}

function tellHeld(): void {
  const counts = sandbox.dataSource(names.provider, names.dataSource)?.counts ?? {};
  const of = (kind: string) => counts[kind as keyof typeof counts] ?? 0;
  const held = {
    users: of('local_users'),
    groups: of('local_groups'),
    roles: of('local_roles'),
    credentials: of('local_access_creds'),
    permissions: of('permissions'),
    resources: of('resources') + of('sub_resources'),
  };
  tell(`The tenant holds ${listed(held)}.`);
}

try {
  say(`A sandbox stands in for the tenant: ${sandbox.url} (it ends with this demo).`);
  say(
    `The files are in ${relative(process.cwd(), example) || 'this folder'}; behind each $ is the command that does the same there.`,
  );
  const tenant = new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey });
  const guard = createRemovalGuard({ stateFolder: join(temporary, 'state') });

  step(
    'Build a payload from five CSV files and one NDJSON file; mapping.yaml says what their columns mean',
    'oaa build --mapping mapping.yaml --out portal.json',
    'oaa validate portal.json',
  );
  const portal = await build('.');

  step('Register the provider and push', `oaa push portal.json ${target} --create-provider`);
  const first = await guard.push(tenant, { ...names, payload: portal, createProvider: { template: 'application' } });
  tell(`${first.jsonBytes.toLocaleString('en')} bytes of JSON went as ${first.sentBytes.toLocaleString('en')}.`);
  tellHeld();
  tell(`${first.warnings.length} warnings: no identity provider here knows these people yet, such as`);
  tell(`  ${first.warnings[0]?.message.slice(0, 100)}`);

  step('Who can do what, and why');
  ask(portal, 'jonas.albrecht', 'Refund', 'EU.Aurora Foods.Ledger');
  ask(portal, 'otto.albrecht', 'Edit', 'US.Delta Robotics');
  ask(portal, 'root', 'Export', 'EU.Cumulus Travel');

  step(
    'Next month, in the folder next: what changed?',
    'oaa build --mapping mapping.yaml --sources next --out next.json',
    'oaa diff portal.json next.json',
  );
  const next = await build('next');
  tell(await diff(portal, next));

  step('Push the change: a push is a snapshot, and what is missing from it disappears', `oaa push next.json ${target}`);
  await guard.push(tenant, { ...names, payload: next });
  tellHeld();
  ask(next, 'otto.albrecht', 'Edit', 'US.Delta Robotics');

  step(
    'An export breaks off: users.csv in the folder cut-short has lost most of its rows',
    'oaa build --mapping mapping.yaml --sources cut-short --out cut-short.json',
    `oaa push cut-short.json ${target}    # exit code 8`,
  );
  const cutShort = await build('cut-short');
  tell('Nothing is wrong with these files, but for what is not in them. The removal guard stops the push:');
  const stopped = await guard.push(tenant, { ...names, payload: cutShort }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(stopped instanceof GuardError)) throw new Error('The guard let the push through.', { cause: stopped });
  tell(`  ${stopped.message}`);
  tell(`  ${stopped.hint}`);
  tellHeld();

  say('\nDone. Six files became a checked payload; the tenant took it, then its change, and never the broken export.');
  say('Next: read examples/customer-portal/README.md, and put your own files and a mapping in the place of these.');
} finally {
  await sandbox.close();
  await rm(temporary, { recursive: true });
}
