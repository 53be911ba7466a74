// The three sides of the example: the files of the help desk, the SCIM service over its directory, and the tenant.
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrors, Tenant, validate, type WireApplicationPayload } from '@oaa-kit/oaa';
import { buildPayload, readMapping } from '@oaa-kit/oaa/sources';
import { createSandbox } from '@oaa-kit/registrar/sandbox';
import { attributeMapping, groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { protectedUserNames, withWriteBack } from '@oaa-kit/scim-writeback/application';
import { createCsvAdapter } from '@oaa-kit/scim-writeback/application/csv';
import { createScimClient } from '@oaa-kit/scim-writeback/client';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { Publisher, tenantPushTarget } from '@oaa-kit/scim-writeback/publish';
import { createAuthenticator, givenToken, startScimServer } from '@oaa-kit/scim-writeback/server';

const organization = 'default';
const names = { provider: 'Help Desk', dataSource: 'helpdesk.example.com' } as const;
const files = ['users.csv', 'teams.csv', 'grants.csv'] as const;

const schemas = { users: new ResourceSchema(userResourceType), groups: new ResourceSchema(groupResourceType) };
export const mappings = { users: attributeMapping(schemas.users), groups: attributeMapping(schemas.groups) };

/** What `oaa scim serve` starts in this folder, beside a sandbox for the tenant; all of it in `temporary`. */
export async function startHelpDesk(example: string, temporary: string) {
  const folder = join(temporary, 'files');
  await mkdir(folder);
  for (const file of [...files, 'mapping.yaml']) await cp(join(example, file), join(folder, file));
  const mapping = await readMapping(join(folder, 'mapping.yaml'));

  const sandbox = await createSandbox();
  const directory = await openSqliteDirectory({
    file: join(temporary, 'scim.db'),
    userSchema: schemas.users,
    groupSchema: schemas.groups,
  });
  await directory.organizations.create({ id: organization, name: 'Help Desk' });

  const adapter = createCsvAdapter({ mapping, folder, ...mappings });
  await adapter.check();
  const written = withWriteBack(
    directory,
    new Map([[organization, { adapter, isProtected: protectedUserNames(['root']) }]]),
  );

  const token = randomBytes(24).toString('hex');
  const server = await startScimServer({
    directory: written,
    authenticator: await createAuthenticator({
      credentials: written.credentials,
      given: [givenToken(token, { organization, label: 'tenant' })],
    }),
    port: 0,
    log: { write: () => undefined },
  });

  const tenant = new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey });
  const publisher = new Publisher({
    publications: directory.publications,
    organization,
    ...names,
    target: tenantPushTarget({
      tenant,
      ...names,
      guard: { stateFolder: join(temporary, 'state') },
    }),
    mapping: { User: mappings.users, Group: mappings.groups },
    // Nobody waits two seconds of quiet in a demo.
    settings: { quietMs: 0, minimumIntervalMs: 0, pollMs: 50 },
  });
  publisher.start();

  return {
    scimUrl: server.url,
    tenantUrl: sandbox.url,
    /** For commands: the tenant, its key, and the token that it is to use. */
    environment: {
      VEZA_URL: sandbox.url,
      VEZA_API_KEY: sandbox.apiKey,
      SCIM_TOKEN: token,
      OAA_STATE_DIR: join(temporary, 'state'),
    },
    client: createScimClient({ url: server.url, auth: { type: 'bearer', token } }),
    directory: written,
    bases: directory.bases(organization),
    /** Path of a file. */
    file: (name: (typeof files)[number]) => join(folder, name),

    /** Extracts the application: what its files say now. */
    async extract(): Promise<WireApplicationPayload> {
      const { payload, diagnostics } = await buildPayload(mapping, { folder });
      const problems = [...diagnostics, ...validate(payload)];
      if (hasErrors(problems)) throw new Error('The files do not make a valid payload.');
      return payload.toJSON();
    },

    /** The lines of all files. */
    async lines(): Promise<ReadonlyMap<string, readonly string[]>> {
      const read = files.map(async (name) => {
        const text = await readFile(join(folder, name), 'utf8');
        return [name, text.split('\n').filter((line) => line !== '')] as const;
      });
      return new Map(await Promise.all(read));
    },

    /** The payload that the tenant holds, once it is that of the last change and the last base. */
    async published(): Promise<WireApplicationPayload> {
      for (;;) {
        const view = await directory.publications.view({ organization, ...names });
        const { hold, published } = view?.state ?? {};
        if (hold !== undefined) throw new Error(`Publishing is held: ${hold.message}`);
        const isCurrent =
          published !== undefined &&
          published.revision === view?.current.revision &&
          published.generation === view.current.generation;
        const held = isCurrent ? sandbox.dataSource(names.provider, names.dataSource)?.payload : undefined;
        if (held !== undefined) return held as unknown as WireApplicationPayload;
        publisher.wake();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },

    async close(): Promise<void> {
      await server.close();
      await publisher.stop();
      await written.close();
      await sandbox.close();
    },
  };
}
