import type { Application, ApplicationOptions } from './application.ts';
import { ApplicationPayload } from './application-payload.ts';
import type { ApplicationProperties, Nothing } from './application-properties.ts';

/**
 * Starts a payload with one application, which is what most connectors push.
 *
 * @example
 * const portal = defineApplication({
 *   name: 'Customer Portal',
 *   applicationType: 'CustomerPortal',
 *   properties: { user: { department: 'STRING' } },
 * });
 * const read = portal.addPermission('read', ['DataRead']);
 * const reader = portal.addRole('reader', { permissions: [read] });
 * const support = portal.addGroup('support');
 * portal
 *   .addUser('jane', { identities: ['jane@example.com'], groups: [support], properties: { department: 'Sales' } })
 *   .assignRole(reader, portal);
 * @throws InputError for an empty name, or for definitions that contradict each other.
 */
export function defineApplication<const Properties extends ApplicationProperties = Nothing>(
  options: ApplicationOptions<Properties>,
): Application<Properties> {
  return new ApplicationPayload().addApplication(options);
}
