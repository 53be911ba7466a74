import type { WireApplicationPayload } from '@oaa-kit/oaa';
import type { Directory, ResourceKind } from '../directory/directory.ts';
import type { PublicationKey, PublicationStore } from '../directory/publications.ts';
import type { DirectoryRules } from '../directory/sql/scope.ts';
import type { SqlAccess } from '../directory/sql/sql-access.ts';
import { SqlDirectory } from '../directory/sql/sql-directory.ts';
import { openSqlite } from '../directory/sql/sqlite-access.ts';
import { uniqueAttributes } from '../directory/sql/unique-values.ts';
import { sqlPublicationStore } from '../directory/sql/write-back/publication-store.ts';
import { temporaryFile } from '../directory/test-store.ts';
import { baseOf, mapping } from '../projection/test-projection.ts';
import type { PublishSettings } from './publish-settings.ts';
import { Publisher } from './publisher.ts';
import type { Delivered, PushRequest, PushTarget } from './push-target.ts';

export const key: PublicationKey = { organization: 'acme', provider: 'Shop', dataSource: 'shop.test' };

/** A data source in memory, which refuses, fails and loses answers as it is told. */
export class MemoryTarget implements PushTarget {
  id: string | undefined = 'ds-1';
  payload: WireApplicationPayload | undefined;
  pushes = 0;
  /** Asked at each push before it is taken in; what it throws refuses it. */
  before: (payload: WireApplicationPayload, request: PushRequest) => void | Promise<void> = () => undefined;
  /** Asked at each push after it was taken in; what it throws loses the answer. */
  after: () => void | Promise<void> = () => undefined;

  async push(payload: WireApplicationPayload, request: PushRequest): Promise<Delivered> {
    await request.beforeSend();
    this.pushes += 1;
    await this.before(payload, request);
    this.id ??= `ds-${this.pushes}`;
    this.payload = payload;
    const { id } = this;
    await this.after();
    return { dataSourceId: id, warnings: [] };
  }

  async dataSourceId(): Promise<string | undefined> {
    return this.id;
  }

  /** Names of the users that it shows. */
  users(): readonly string[] {
    return (this.payload?.applications[0]?.local_users ?? []).map(({ name }) => name).sort();
  }
}

/** An organization that is published to a {@link MemoryTarget}, with a clock that stands still until it is told. */
export interface Publishing {
  readonly access: SqlAccess;
  readonly directory: Directory;
  readonly publications: PublicationStore;
  readonly target: MemoryTarget;
  readonly clock: { now: number };
  /** What was logged, as `level message`. */
  readonly log: string[];
  publisher(settings?: Partial<PublishSettings>, target?: PushTarget): Publisher;
  /** Steps until there is nothing to do at this moment; gives why. */
  settle(publisher: Publisher): Promise<string>;
  createUser(userName: string, attributes?: Readonly<Record<string, string>>): Promise<string>;
  /** Submits a base with these users, extracted now. */
  submitBase(userNames: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Nothing waits unless a test says so. */
const atOnce: Partial<PublishSettings> = { quietMs: 0, longestWaitMs: 0, minimumIntervalMs: 0 };

export async function openPublishing(): Promise<Publishing> {
  const access = await openSqlite(await temporaryFile());
  const clock = { now: Date.parse('2026-11-22T12:00:00Z') };
  let ids = 0;
  const kind = (one: ResourceKind) => ({ schema: mapping[one].schema, unique: uniqueAttributes(mapping[one].schema) });
  const rules: DirectoryRules = {
    kinds: { User: kind('User'), Group: kind('Group') },
    unknownMembers: 'reject',
    now: () => new Date(clock.now).toISOString().replace('Z', ''),
    newId: () => {
      ids += 1;
      return `scim-${ids}`;
    },
  };
  const directory = new SqlDirectory(access, rules);
  const publications = sqlPublicationStore(access, async () => clock.now);
  await directory.organizations.create({ id: key.organization, name: 'Acme' });
  const organization = directory.organization(key.organization);
  const target = new MemoryTarget();
  const log: string[] = [];
  const logger = Object.fromEntries(
    (['debug', 'info', 'warn', 'error'] as const).map((level) => [
      level,
      (message: string) => log.push(`${level} ${message}`),
    ]),
  ) as unknown as Record<'debug' | 'info' | 'warn' | 'error', (message: string) => void>;
  const context = { actor: 'test', requestId: 'r', origin: 'scim' } as const;
  return {
    access,
    directory,
    publications,
    target,
    clock,
    log,
    publisher: (settings = atOnce, other = target) =>
      new Publisher({ ...key, publications, target: other, mapping, settings, logger }),
    async settle(publisher) {
      for (let round = 0; round < 50; round += 1) {
        const { did, why, waitMs } = await publisher.step();
        if (did === 'nothing' && waitMs > 0) return why;
      }
      throw new Error('The publisher pushes again and again.');
    },
    async createUser(userName, attributes = {}) {
      const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
      const created = await organization.create('User', { attributes: { schemas, userName, ...attributes } }, context);
      return created.id;
    },
    async submitBase(userNames) {
      const bases = directory.bases(key.organization);
      const { asOf } = await bases.begin();
      const base = baseOf({ users: userNames.map((name) => ({ name })) });
      await bases.submit(base, { asOf, actor: 'connector', maxRemovalPercent: 100 });
    },
    close: () => directory.close(),
  };
}
