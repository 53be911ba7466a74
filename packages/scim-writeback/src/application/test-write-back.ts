import { expect, onTestFinished } from 'vitest';
import type { DirectoryStoreOptions } from '../directory/conformance.ts';
import type { Directory, OrganizationDirectory } from '../directory/directory.ts';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import type { IntentStore } from '../directory/write-back.ts';
import { TestApplication } from './test-application.ts';
import { WriteBackDirectory } from './write-back-directory.ts';
import type { WriteBackEvent } from './write-back-event.ts';
import type { WriteBackOptions } from './write-back-options.ts';

export const context = { actor: 'tenant', requestId: 'request-1', origin: 'scim' } as const;

export interface TestWriteBack {
  readonly file: string;
  readonly directory: Directory;
  /** Without the application. */
  readonly plain: OrganizationDirectory;
  readonly intents: IntentStore;
  readonly application: TestApplication;
  readonly acme: WriteBackDirectory;
  readonly events: WriteBackEvent[];
  /** A further node on the same database and application. */
  node(options?: Partial<WriteBackOptions>): Promise<TestWriteBack>;
}

/** An organization whose changes go to an application in memory, until the test ends. Waits are short. */
export async function openWriteBack({
  application = new TestApplication(),
  directory: directoryOptions,
  file,
  ...options
}: Partial<WriteBackOptions> & {
  readonly application?: TestApplication;
  readonly directory?: DirectoryStoreOptions;
  readonly file?: string;
} = {}): Promise<TestWriteBack> {
  const path = file ?? (await temporaryFile());
  const directory = await sqliteStore(path).open(directoryOptions);
  if (file === undefined) await directory.organizations.create({ id: 'acme', name: 'Acme' });
  const events: WriteBackEvent[] = [];
  const plain = directory.organization('acme');
  const intents = directory.intents('acme');
  const acme = new WriteBackDirectory(plain, intents, {
    adapter: application,
    callTimeoutMs: 200,
    graceMs: 200,
    leaseMs: 300,
    lockWaitMs: 200,
    joinWaitMs: 3000,
    recoverEveryMs: 20,
    retry: { firstMs: 20, longestMs: 100, attempts: 3 },
    onEvent: (event) => events.push(event),
    ...options,
  });
  onTestFinished(async () => {
    await acme.close();
    await directory.close();
  });
  return {
    file: path,
    directory,
    plain,
    intents,
    application,
    acme,
    events,
    node: (more) =>
      openWriteBack({
        application,
        file: path,
        ...(directoryOptions && { directory: directoryOptions }),
        ...options,
        ...more,
      }),
  };
}

export const user = (userName: string, more: Record<string, string | boolean> = {}) => ({
  attributes: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, ...more },
});

export const group = (displayName: string, memberIds?: readonly string[]) => ({
  attributes: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName },
  ...(memberIds && { members: memberIds.map((id) => ({ id })) }),
});

/** Sets attributes beside those that are there. */
export const set =
  (attributes: Record<string, string | boolean>) =>
  ({ attributes: before }: { readonly attributes: object }) => ({ attributes: { ...before, ...attributes } });

export const members = (change: { readonly add?: readonly string[]; readonly remove?: readonly string[] }) => () => ({
  members: [
    {
      replaceAll: false,
      remove: change.remove ?? [],
      removeMatching: [],
      add: (change.add ?? []).map((value) => ({ value })),
    },
  ],
});

export const anyway = () => undefined;

const everything = { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 1000 } };

/** What the directory says, as the application would: users and groups by native id. */
async function directoryFacts(plain: OrganizationDirectory) {
  const { resources: users } = await plain.list('User', everything);
  const { resources: groups } = await plain.list('Group', everything);
  const teams = groups.map(async ({ id, attributes }) => {
    const ids = (await plain.members(id, undefined, 1000)).map((member) => `native-${member.id}`);
    return [`native-${id}`, { name: attributes.displayName, members: ids.toSorted() }] as const;
  });
  return {
    users: Object.fromEntries(
      users.map(({ id, attributes }) => [
        `native-${id}`,
        { userName: attributes.userName, active: attributes.active !== false },
      ]),
    ),
    groups: Object.fromEntries(await Promise.all(teams)),
  };
}

function applicationFacts({ users, groups }: TestApplication) {
  return {
    users: Object.fromEntries([...users].map(([id, { userName, active }]) => [id, { userName, active }])),
    groups: Object.fromEntries(
      [...groups].map(([id, { name, members }]) => [id, { name, members: [...members].toSorted() }]),
    ),
  };
}

/** The application holds what the directory holds, nothing is under way, and revisions have no gap. */
export async function expectAgreement({
  plain,
  application,
  intents,
}: Pick<TestWriteBack, 'plain' | 'application' | 'intents'>): Promise<void> {
  expect(await intents.list()).toEqual([]);
  expect(await directoryFacts(plain)).toEqual(applicationFacts(application));
  const revisions = (await plain.changes(0, 1_000_000)).map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.map((_, index) => index + 1));
}
