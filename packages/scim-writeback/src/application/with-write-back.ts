import type { BaseStore, FirstContact } from '../directory/bases.ts';
import type { Directory, OrganizationDirectory } from '../directory/directory.ts';
import { WriteBackDirectory } from './write-back-directory.ts';
import type { WriteBackOptions } from './write-back-options.ts';

/** How changes of an organization reach its application, and how its bases are merged. */
export interface ApplicationOptions extends WriteBackOptions {
  /** How bases are linked on first contact, unless they are submitted with something else. */
  readonly link?: FirstContact | undefined;
}

/**
 * A directory in which the changes of some organizations reach their applications: for the service. Closing it finishes
 * what is under way, then closes the adapters and the directory.
 *
 * @param applications options by organization
 */
export function withWriteBack(directory: Directory, applications: ReadonlyMap<string, ApplicationOptions>): Directory {
  const written = new Map<string, WriteBackDirectory>();
  for (const [id, options] of applications) {
    const organization = new WriteBackDirectory(directory.organization(id), directory.intents(id), options);
    organization.start();
    written.set(id, organization);
  }
  return {
    organizations: directory.organizations,
    credentials: directory.credentials,
    publications: directory.publications,
    intents: (id) => directory.intents(id),
    bases: (id) => linking(directory.bases(id), applications.get(id)?.link),
    links: (id) => directory.links(id),
    history: (id) => directory.history(id),
    organization: (id): OrganizationDirectory => written.get(id) ?? directory.organization(id),
    size: () => directory.size(),
    checkReady: () => directory.checkReady(),
    async close() {
      await Promise.all([...written.values()].map((organization) => organization.close()));
      await Promise.all([...applications.values()].map(({ adapter }) => adapter.close?.()));
      await directory.close();
    },
  };
}

function linking(bases: BaseStore, link: FirstContact | undefined): BaseStore {
  if (link === undefined) return bases;
  return {
    begin: () => bases.begin(),
    submit: (payload, options) => bases.submit(payload, { ...options, link: options.link ?? link }),
    list: () => bases.list(),
    last: () => bases.last(),
    drifts: () => bases.drifts(),
  };
}
