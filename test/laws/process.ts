import { attributeMapping, groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { type ApplicationAdapter, WriteBackDirectory, type WriteBackEvent } from '@oaa-kit/scim-writeback/application';
import type { Directory, OrganizationDirectory } from '@oaa-kit/scim-writeback/directory';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { Publisher, type PushTarget } from '@oaa-kit/scim-writeback/publish';
import type { LeaseLedger } from './leases.ts';
import { Life } from './mortal.ts';

const schemas = {
  userSchema: new ResourceSchema(userResourceType),
  groupSchema: new ResourceSchema(groupResourceType),
};
const mapping = { User: attributeMapping(schemas.userSchema), Group: attributeMapping(schemas.groupSchema) };

export const publication = { provider: 'Shop', dataSource: 'shop.test' } as const;

/** A service with its publisher, that can be killed. */
export interface ServiceProcess {
  readonly life: Life;
  /** For looking, whatever becomes of the process. */
  readonly directory: Directory;
  readonly plain: OrganizationDirectory;
  readonly written: WriteBackDirectory;
  readonly publisher: Publisher;
  /** Lets it end, dead or alive. */
  end(): Promise<void>;
}

export interface ServiceOptions {
  readonly file: string;
  readonly organization: string;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly adapter: (life: Life) => ApplicationAdapter;
  readonly target: PushTarget;
  /** Those of all processes. */
  readonly leases: LeaseLedger;
  readonly onEvent: (event: WriteBackEvent) => void;
}

/** Opens the database, and begins to take over what was left. */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const { file, organization, clock, newId, target, leases, onEvent } = options;
  const directory = await openSqliteDirectory({ file, ...schemas, clock, newId });
  const life = new Life();
  const written = new WriteBackDirectory(
    life.bound(directory.organization(organization)),
    life.bound(leases.watched(directory.intents(organization))),
    {
      adapter: options.adapter(life),
      callTimeoutMs: 40,
      graceMs: 10,
      leaseMs: 15_000,
      lockWaitMs: 1,
      joinWaitMs: 1,
      queueWaitMs: 20,
      recoverEveryMs: 3,
      retry: { firstMs: 1_000, longestMs: 8_000, attempts: 5 },
      onEvent,
    },
  );
  const publisher = new Publisher({
    publications: life.bound(directory.publications),
    organization,
    ...publication,
    target,
    mapping,
    settings: {
      quietMs: 0,
      longestWaitMs: 0,
      minimumIntervalMs: 0,
      pushTimeoutMs: 60,
      leaseMs: 60,
      retryFromMs: 1,
      retryToMs: 4,
      pollMs: 2,
    },
    stopWithinMs: 0,
  });
  written.start();
  return {
    life,
    directory,
    plain: directory.organization(organization),
    written,
    publisher,
    async end() {
      life.thaw();
      if (life.isDead) life.bury();
      else await publisher.stop();
      await written.close();
      life.bury();
      await directory.close();
    },
  };
}
