import { samplePayload } from '../test-support.ts';
import { pushRefusal } from './push-refusal.ts';
import type { Refusal } from './refusal.ts';

export type Entity = Readonly<Record<string, unknown>>;

export const payloadRefusal = (because: string, payload: unknown, field: string, naming: string): Refusal =>
  pushRefusal(because, { json_data: JSON.stringify(payload) }, field, naming);
export const userRefusal = (because: string, user: Entity, field: string, naming: string): Refusal =>
  payloadRefusal(
    because,
    samplePayload({ local_users: [{ name: 'ada', ...user }] }),
    `applications.local_users.${field}`,
    naming,
  );
export const grantRefusal = (because: string, grant: Entity, field: string, naming: string): Refusal =>
  payloadRefusal(
    because,
    { ...samplePayload(), identity_to_permissions: [{ identity: 'ada', identity_type: 'local_user', ...grant }] },
    `identity_to_permissions${field}`,
    naming,
  );
export const definitionRefusal = (because: string, definition: Entity, field: string, naming: string): Refusal =>
  payloadRefusal(
    because,
    {
      ...samplePayload(),
      custom_property_definition: { applications: [{ application_type: 'portal', ...definition }] },
    },
    `custom_property_definition.applications.${field}`,
    naming,
  );
