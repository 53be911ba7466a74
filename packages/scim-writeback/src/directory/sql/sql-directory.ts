import type { BaseStore } from '../bases.ts';
import type { CredentialStore } from '../credentials.ts';
import type { Directory, OrganizationDirectory, OrganizationStore } from '../directory.ts';
import type { HistoryStore } from '../history.ts';
import type { PublicationStore } from '../publications.ts';
import type { IntentStore, LinkStore } from '../write-back.ts';
import { sqlCredentialStore } from './credential-store.ts';
import { listOptions } from './list-resources.ts';
import { SqlOrganizationDirectory } from './organization-directory.ts';
import { sqlOrganizationStore } from './organization-store.ts';
import type { DirectoryRules } from './scope.ts';
import type { OpenDatabase } from './sql-access.ts';
import { SqlBaseStore } from './write-back/base-store.ts';
import { sqlHistoryStore } from './write-back/history-store.ts';
import { SqlIntentStore } from './write-back/intent-store.ts';
import { sqlLinkStore } from './write-back/link-store.ts';
import { sqlPublicationStore } from './write-back/publication-store.ts';

/** A directory in a database. `access` is closed with it. */
export class SqlDirectory implements Directory {
  readonly organizations: OrganizationStore;
  readonly credentials: CredentialStore;
  readonly publications: PublicationStore;
  readonly #access: OpenDatabase;
  readonly #rules: DirectoryRules;
  readonly #lists = listOptions();

  constructor(access: OpenDatabase, rules: DirectoryRules) {
    this.#access = access;
    this.#rules = rules;
    this.organizations = sqlOrganizationStore(access, rules.now);
    this.credentials = sqlCredentialStore(access);
    this.publications = sqlPublicationStore(access);
  }

  organization(id: string): OrganizationDirectory {
    return new SqlOrganizationDirectory(this.#access, { ...this.#rules, organization: id }, this.#lists);
  }

  intents(organization: string): IntentStore {
    return new SqlIntentStore(this.#access, { ...this.#rules, organization });
  }

  bases(organization: string): BaseStore {
    return new SqlBaseStore(this.#access, { ...this.#rules, organization });
  }

  links(organization: string): LinkStore {
    return sqlLinkStore(this.#access.read, organization);
  }

  history(organization: string): HistoryStore {
    return sqlHistoryStore(this.#access.read, { organization });
  }

  size() {
    return this.#access.read
      .selectFrom('resource_counts')
      .select(['organization', 'kind', 'count'])
      .orderBy('organization')
      .orderBy('kind')
      .execute();
  }

  async checkReady(): Promise<void> {
    this.#access.checkFile();
    await this.#access.read.selectFrom('organizations').select('id').limit(1).execute();
  }

  close(): Promise<void> {
    return this.#access.close();
  }
}
