// A tenant changes who has access to a help desk over SCIM; the help desk keeps its accounts in CSV files. Shown for each
// change: the requests, the rows that changed, and what of the published payload did.
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WireApplicationPayload } from '@oaa-kit/oaa';
import { requestLine } from '@oaa-kit/scim-writeback/client';
import {
  type ActionResult,
  addToGroup,
  createEntitlement,
  deleteIdentity,
  deprovisionIdentity,
  syncIdentity,
} from '@oaa-kit/scim-writeback/lifecycle';
import { say, step, tell } from '@oaa-kit-examples/narration';
import { printedBy, printedWith } from '@oaa-kit-examples/narration/run-command';
import { disagreements, factsOfPayload, factsOfService } from './agreement.ts';
import { startHelpDesk } from './help-desk.ts';

const example = join(import.meta.dirname, '..');
const temporary = await mkdtemp(join(tmpdir(), 'oaa-demo-'));
const desk = await startHelpDesk(example, temporary);

/** What `oaa diff` prints. */
async function diff(before: WireApplicationPayload, after: WireApplicationPayload): Promise<string> {
  const files = [join(temporary, 'before.json'), join(temporary, 'after.json')] as const;
  await writeFile(files[0], JSON.stringify(before));
  await writeFile(files[1], JSON.stringify(after));
  return printedBy('diff', ...files);
}

/** The lines that went and came. */
function changedLines(before: ReadonlyMap<string, readonly string[]>, after: ReadonlyMap<string, readonly string[]>) {
  return [...after].flatMap(([file, lines]) => {
    const old = before.get(file) ?? [];
    return [
      ...old.filter((line) => !lines.includes(line)).map((line) => `  ${file} - ${line}`),
      ...lines.filter((line) => !old.includes(line)).map((line) => `  ${file} + ${line}`),
    ];
  });
}

/** Does something, and shows what came of it on every side. */
async function show(act: () => Promise<ActionResult | undefined>): Promise<ActionResult | undefined> {
  const [lines, payload] = [await desk.lines(), await desk.published()];
  const result = await act();
  for (const { request, status } of result?.steps ?? []) {
    const body = request.body === undefined ? '' : ` ${JSON.stringify(request.body)}`;
    tell(`${requestLine(request)} -> ${status}${body}`);
  }
  const changed = changedLines(lines, await desk.lines());
  tell(changed.length === 0 ? 'The files stay as they are.' : `In the files:\n${changed.join('\n')}`);
  tell(`In the payload that the tenant holds:\n${await diff(payload, await desk.published())}`);
  return result;
}

function idOf(result: ActionResult | undefined): string {
  if (result?.id === undefined) throw new Error('The action has no result.');
  return result.id;
}

try {
  say('\nWrite-back: the accounts of a help desk are in CSV files; a tenant changes them over SCIM.');
  say(`The SCIM service is ${desk.scimUrl}, the sandbox in the place of the tenant ${desk.tenantUrl}.`);

  step(
    'A manifest of nine lines registers the help desk, once its SCIM endpoint has shown what the tenant needs of it',
    'oaa registrar apply -f provider.yaml --yes',
    'oaa registrar plan -f provider.yaml',
  );
  const manifest = await readFile(join(example, 'provider.yaml'), 'utf8');
  await writeFile(join(temporary, 'provider.yaml'), manifest.replace(/scim_url: .*/, `scim_url: ${desk.scimUrl}`));
  const registrar = (...words: readonly string[]) =>
    printedWith({ env: desk.environment, cwd: temporary }, 'registrar', ...words, '-f', 'provider.yaml');
  tell(await registrar('apply', '--yes'));
  tell(await registrar('plan'));

  step(
    'What the files say becomes the first base: the directory is filled, and the payload published',
    'oaa build --mapping mapping.yaml --out base.json',
    'oaa scim import base.json --database sqlite:scim.db',
    'oaa scim serve --database sqlite:scim.db --token env:SCIM_TOKEN',
  );
  const { changes } = await desk.bases.submit(await desk.extract(), { actor: 'demo' });
  tell(`The directory has ${changes.created} users and groups and ${changes.membersAdded} memberships of the base.`);
  await desk.published();
  tell('The tenant holds the same.');

  step('The tenant makes a user', 'oaa scim act sync --set user_name=kim.frei ...');
  const attributes = { user_name: 'kim.frei', given_name: 'Kim', family_name: 'Frei', emails: 'kim.frei@example.com' };
  const kim = idOf(await show(() => syncIdentity(desk.client, { attributes })));

  step('It changes one', 'oaa scim act sync --set user_name=kim.frei --set title=Agent');
  await show(() => syncIdentity(desk.client, { attributes: { ...attributes, title: 'Agent' } }));

  step(
    'It makes a group, and adds the user to it',
    'oaa scim act create-group --name Experts',
    'oaa scim act add-to-group ...',
  );
  const experts = idOf(await show(() => createEntitlement(desk.client, { displayName: 'Experts' })));
  await show(() => addToGroup(desk.client, { user: { id: kim }, group: { id: experts } }));

  step('It takes the access of somebody who leaves', 'oaa scim act deprovision --user-name noah.iten');
  await show(() => deprovisionIdentity(desk.client, { userName: 'noah.iten' }));

  step(
    'It deletes somebody: the grants go, too, and are not there for the next one of that name',
    'oaa scim act delete --user-name noah.iten',
  );
  await show(() => deleteIdentity(desk.client, { userName: 'noah.iten' }));

  step('An account for emergencies is protected', 'oaa scim act deprovision --user-name root');
  const refused = await deprovisionIdentity(desk.client, { userName: 'root' }).then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  tell(refused);

  step(
    'Somebody edits users.csv by hand: the next base shows it, and so does the tenant',
    'oaa scim base begin --database sqlite:scim.db',
    'oaa scim base submit base.json --as-of ... --database sqlite:scim.db',
  );
  const { asOf } = await desk.bases.begin();
  await show(async () => {
    await appendFile(desk.file('users.csv'), 'zoe.alder,Zoe,Alder,zoe.alder@example.com,,yes,Leads,22.11.2026\n');
    await desk.bases.submit(await desk.extract(), { asOf, actor: 'demo' });
    return undefined;
  });
  tell('What SCIM made is in the base now, too. These files do not say when, so created_at is no longer published.');

  step('Do all three say the same?');
  const sides = {
    application: factsOfPayload(await desk.extract()),
    directory: await factsOfService(desk.client),
    tenant: factsOfPayload(await desk.published()),
  };
  const open = disagreements(sides);
  if (open.length > 0) throw new Error(`They do not:\n${open.join('\n')}`);
  tell(`In agreement: application = directory = tenant, in ${sides.application.length} facts.`);
} finally {
  await desk.close();
  await rm(temporary, { recursive: true });
}
