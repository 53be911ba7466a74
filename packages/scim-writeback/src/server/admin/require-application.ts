import { InputError, UsageError } from '@oaa-kit/oaa';

/** Name and type of an application, as payloads have them. */
export interface ApplicationName {
  readonly name: string;
  readonly type: string;
}

/** Which application the bases of an organization are of; undefined for one whose changes reach none. */
export type ApplicationOf = (organization: string) => ApplicationName | undefined;

/**
 * Lets pass what is a base of the application that the settings name for the organization. Whether it is a payload at all is
 * asked where it is merged.
 *
 * @throws UsageError where the settings name none: from its first base on, the organization belongs to an application, and
 * changes over SCIM would be acknowledged that never reach it
 * @throws InputError `base-foreign`
 */
export function requireApplication(payload: unknown, organization: string, applicationOf: ApplicationOf): void {
  const expected = applicationOf(organization);
  if (expected === undefined) {
    throw new UsageError(
      'setting-missing',
      `The service takes no bases for the organization ${JSON.stringify(organization)}: its settings do not say how changes reach the application. Nothing was changed.`,
      { hint: 'Give the organization an entry under "writeBack" in the settings of the service, and start it again.' },
    );
  }
  const found = applicationIn(payload);
  if (found === undefined || (found.name === expected.name && found.type === expected.type)) return;
  throw new InputError(
    'base-foreign',
    `This base is of the application ${JSON.stringify(found.name)} (${found.type}), and the settings of the service name ${JSON.stringify(expected.name)} (${expected.type}). Nothing was changed.`,
    {
      hint: 'Submit it with a token of the organization of that application, or correct its name and type in the connector.',
    },
  );
}

function applicationIn(payload: unknown): ApplicationName | undefined {
  const [application] = listAt(payload, 'applications');
  const name = ownValue(application, 'name');
  const type = ownValue(application, 'application_type');
  return typeof name === 'string' && typeof type === 'string' ? { name, type } : undefined;
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = ownValue(value, name);
  return Array.isArray(list) ? list : [];
}

function ownValue(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
