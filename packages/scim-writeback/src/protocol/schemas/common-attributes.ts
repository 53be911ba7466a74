import { attribute } from './define-attribute.ts';
import type { Attribute } from './schema.ts';

/** What every resource has besides its schemas; not listed in schema documents. RFC 7643 s3, s3.1. */
export const commonAttributes: readonly Attribute[] = [
  attribute({
    name: 'schemas',
    type: 'reference',
    referenceTypes: ['uri'],
    multiValued: true,
    required: true,
    returned: 'always',
    description: 'URNs of the schemas whose attributes the resource carries.',
  }),
  attribute({
    name: 'id',
    description: 'Identifier given by this service; never changed and never given again.',
    // A client never sends it, so it is not required of one.
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute({ name: 'externalId', description: 'Identifier that the client uses for the resource.', caseExact: true }),
  attribute({
    name: 'meta',
    type: 'complex',
    mutability: 'readOnly',
    description: 'What the service knows about the resource itself.',
    subAttributes: [
      attribute({
        name: 'resourceType',
        description: 'Name of the resource type.',
        caseExact: true,
        mutability: 'readOnly',
      }),
      attribute({ name: 'created', type: 'dateTime', description: 'When it was made.', mutability: 'readOnly' }),
      attribute({
        name: 'lastModified',
        type: 'dateTime',
        description: 'When it last changed.',
        mutability: 'readOnly',
      }),
      attribute({
        name: 'location',
        type: 'reference',
        referenceTypes: ['uri'],
        caseExact: true,
        mutability: 'readOnly',
        description: 'Where it can be read.',
      }),
      attribute({ name: 'version', description: 'Entity tag of its state.', caseExact: true, mutability: 'readOnly' }),
    ],
  }),
];
