import { samplePayload } from '../test-support.ts';
import { payloadRefusal } from './payload-refusal.ts';
import type { Refusal } from './refusal.ts';

/** Refusals of payloads of other templates. Each names the template of the provider that it is pushed to. */
export const templateRefusals: readonly (Refusal & { readonly template: string })[] = [
  {
    template: 'identity_provider',
    ...payloadRefusal(
      'an identity provider without a type (1.2.1)',
      { name: 'n', domains: [{ name: 'd' }] },
      'idp_type',
      'missing',
    ),
  },
  {
    template: 'identity_provider',
    ...payloadRefusal(
      'an unknown key in an identity provider (1.2.1)',
      { name: 'n', idp_type: 't', domains: [{ name: 'd' }], colour: 'red' },
      'colour',
      'colour: red',
    ),
  },
  {
    template: 'identity_provider',
    ...payloadRefusal(
      'a user of an identity provider without a name (1.2.2)',
      { name: 'n', idp_type: 't', domains: [{ name: 'd' }], users: [{ identity: 'x' }] },
      'users.name',
      'missing',
    ),
  },
  {
    template: 'identity_provider',
    ...payloadRefusal(
      'an application payload (0.3)',
      samplePayload(),
      'custom_property_definition.applications',
      'not known here',
    ),
  },
  {
    template: 'hris',
    ...payloadRefusal(
      'an HRIS without a system (1.3.1)',
      { name: 'n', hris_type: 't', employees: [], groups: [] },
      'system',
      'missing',
    ),
  },
  {
    template: 'hris',
    ...payloadRefusal(
      'an employee without a number (1.3.2)',
      {
        name: 'n',
        hris_type: 't',
        system: { id: 's', name: 's' },
        groups: [],
        employees: [
          { id: '1', name: 'a', first_name: 'a', last_name: 'b', employment_status: 'ACTIVE', is_active: true },
        ],
      },
      'employees.employee_number',
      'missing',
    ),
  },
  {
    template: 'entity_enrichment',
    ...payloadRefusal(
      'enrichment of an entity without a type (1.7)',
      { enriched_entity_property_definitions: [], enriched_entities: [{ id: 'x', properties: {} }] },
      'enriched_entities.type',
      'missing',
    ),
  },
];
