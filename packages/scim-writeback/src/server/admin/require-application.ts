import { UsageError } from '@oaa-kit/oaa';
import type { ApplicationName } from '../../directory/bases.ts';

/** Which application the bases of an organization are of; undefined for one whose changes reach none. */
export type ApplicationOf = (organization: string) => ApplicationName | undefined;

/**
 * The application that the settings name for an organization.
 *
 * @throws UsageError where they name none: from its first base on, the organization belongs to an application, and changes
 * over SCIM would be acknowledged that never reach it
 */
export function requireApplication(organization: string, applicationOf: ApplicationOf): ApplicationName {
  const application = applicationOf(organization);
  if (application !== undefined) return application;
  throw new UsageError(
    'setting-missing',
    `The service takes no bases for the organization ${JSON.stringify(organization)}: its settings do not say how changes reach the application. Nothing was changed.`,
    { hint: 'Give the organization an entry under "writeBack" in the settings of the service, and start it again.' },
  );
}
