import { z } from 'zod';
import { canonicalPermissions } from '../../payload/canonical-permissions.ts';
import { propertyTypes } from '../../payload/properties.ts';
import type { CsvOptions } from '../csv/csv-options.ts';
import { conditionSchema, unknownPolicies, valueForm, valueSpecSchema } from './value-spec.ts';

const value = valueSpecSchema;
const name = z.string().trim().min(1);
const values = z.union([valueSpecSchema, z.array(valueSpecSchema).min(1)], valueForm);
const unknown = z
  .enum(unknownPolicies)
  .optional()
  .describe('What to do when the reference names nothing; error unless told otherwise.');

/** References to other entities: values, alone or with what to do when one names nothing. */
const references = z.union(
  [
    values,
    z.strictObject({ names: values, unknown }).describe('References, and what to do with one that names nothing.'),
  ],
  valueForm,
);

/** References to roles or permissions: what is made of unknown ones can be said. */
const meaningfulReferences = z.union(
  [
    values,
    z
      .strictObject({
        names: values,
        unknown,
        effects: z
          .array(z.enum(canonicalPermissions))
          .min(1)
          .optional()
          .describe(
            'With unknown: create. What a permission that is made means; Uncategorized unless told otherwise. A role that is made gets one permission of its own name with this meaning; none unless told.',
          ),
      })
      .describe('References, and what to do with one that names nothing.'),
  ],
  valueForm,
);

const on = {
  on: z
    .union(
      [z.literal('application'), z.strictObject({ resources: references })],
      'is application, or { resources: ... }',
    )
    .default('application')
    .describe('The application itself, or resources by their keys.'),
};
const roleLinks = z
  .array(
    z.strictObject({
      role: meaningfulReferences,
      ...on,
      properties: z.record(z.string(), value).optional().describe('Role assignment properties.'),
      when: conditionSchema.optional(),
    }),
  )
  .min(1);
const permissionLinks = z
  .array(z.strictObject({ permission: meaningfulReferences, ...on, when: conditionSchema.optional() }))
  .min(1);

const attachments = {
  properties: z.record(z.string(), value).optional().describe('Custom properties; types come from the definitions.'),
  tags: z.record(z.string(), value).optional(),
  owners: z
    .array(z.strictObject({ externalId: value, ownerType: value.optional(), primary: z.boolean().optional() }))
    .optional(),
};
const common = {
  application: value.optional().describe('The name of the application, where one file describes several.'),
  when: conditionSchema.optional().describe('Only rows for which this holds.'),
  conflicts: z
    .enum(['error', 'warning', 'ignore'])
    .default('error')
    .describe('When a later row gives the same entity other values: the first row stands; this is how it is reported.'),
};
const granted = { roles: roleLinks.optional(), permissions: permissionLinks.optional() };

const user = z.strictObject({
  ...common,
  id: value.optional(),
  name: value.optional(),
  email: value.optional(),
  identities: values.optional(),
  groups: references.optional(),
  accessCredentials: references.optional(),
  isActive: value.optional(),
  createdAt: value.optional(),
  lastLoginAt: value.optional(),
  deactivatedAt: value.optional(),
  passwordLastChangedAt: value.optional(),
  userType: value.optional(),
  ...attachments,
  ...granted,
});

const group = z.strictObject({
  ...common,
  id: value.optional(),
  name: value.optional(),
  identities: values.optional(),
  createdAt: value.optional(),
  groups: references.optional().describe('The groups that this group is a member of.'),
  members: references.optional().describe('Users that are members of this group.'),
  ...attachments,
  ...granted,
});

const role = z.strictObject({
  ...common,
  id: value.optional(),
  name: value.optional(),
  permissions: meaningfulReferences.optional(),
  roles: meaningfulReferences.optional().describe('Roles contained in this role.'),
  ...attachments,
});

const permission = z.strictObject({
  when: common.when,
  conflicts: common.conflicts,
  name: value,
  effects: value.describe('Canonical permissions, compared without regard to case.'),
  applyToSubResources: value.optional(),
  resourceTypes: value.optional(),
});

const accessCredential = z.strictObject({
  ...common,
  id: value,
  name: value.optional(),
  isActive: value.optional(),
  canExpire: value.optional(),
  createdAt: value.optional(),
  expiresAt: value.optional(),
  lastUsedAt: value.optional(),
  users: references.optional().describe('Users that have this credential.'),
  ...attachments,
  ...granted,
});

const resource = z.strictObject({
  ...common,
  path: values.describe(
    'From the top resource down: several values, or one with a list delimiter. Missing parents are made.',
  ),
  name: value.optional().describe('Where the last element of the path is an id.'),
  type: value.describe('The resource type.'),
  parentTypes: z.array(name).optional().describe('Types of parents that are made, from the top.'),
  description: value.optional(),
  connections: z.array(z.strictObject({ id: value, nodeType: value })).optional(),
  ...attachments,
});

const idpIdentity = z.strictObject({
  application: common.application,
  when: common.when,
  name: value,
  ...granted,
});

/** What a row says, besides the entities that it describes: somebody has something. */
const assignment = z
  .strictObject({
    application: common.application,
    when: common.when,
    user: references.optional(),
    group: references.optional(),
    accessCredential: references.optional(),
    idpIdentity: values.optional(),
    groups: references.optional().describe('Groups that the user or group becomes a member of.'),
    ...granted,
  })
  .refine(
    (item) =>
      ['user', 'group', 'accessCredential', 'idpIdentity'].filter((key) => item[key as 'user'] !== undefined).length ===
      1,
    'needs exactly one of user, group, accessCredential and idpIdentity',
  );

const item = z
  .strictObject({
    user: user.optional(),
    group: group.optional(),
    role: role.optional(),
    permission: permission.optional(),
    accessCredential: accessCredential.optional(),
    resource: resource.optional(),
    idpIdentity: idpIdentity.optional(),
    assignment: assignment.optional(),
  })
  .refine(
    (entry) => Object.values(entry).filter((kind) => kind !== undefined).length === 1,
    'needs exactly one kind of entity',
  );

const csvOptions = z.strictObject({
  delimiter: z.string().min(1).optional(),
  quote: z.string().max(1).optional().describe('Empty where quotes mean nothing.'),
  escape: z.string().length(1).optional(),
  columns: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Names of the columns where the file has no header row.'),
  skipLines: z.number().int().min(0).optional().describe('Lines before the header row.'),
  shortRows: z.enum(['error', 'pad']).optional().describe('Rows with fewer cells than columns.'),
});

const fileSource = {
  file: z.string().min(1).describe('Relative to the mapping. A .gz ending is decompressed.'),
  format: z.enum(['csv', 'json', 'ndjson']).optional().describe('From the ending of the file unless told otherwise.'),
  encoding: z.string().min(1).optional().describe('utf-8 unless told otherwise; any WHATWG name such as windows-1252.'),
  csv: csvOptions.optional(),
  pointer: z
    .string()
    .regex(/^(?:\/.*)?$/)
    .optional()
    .describe('JSON pointer to the array of rows.'),
};

const source = z.strictObject({
  ...fileSource,
  when: conditionSchema.optional().describe('Only rows for which this holds.'),
  map: z.array(item).min(1).describe('What each row describes, in this order.'),
});

const definitions = z.record(z.string(), z.enum(propertyTypes));
const constant = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** The source mapping file: how rows become the entities of a payload. */
export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  template: z.literal('application').default('application'),
  application: z.strictObject({
    name,
    type: name,
    description: z.string().optional(),
    properties: z.record(z.string(), constant).optional(),
    tags: z.record(z.string(), z.string()).optional(),
  }),
  properties: z
    .strictObject({
      application: definitions.optional(),
      user: definitions.optional(),
      group: definitions.optional(),
      role: definitions.optional(),
      roleAssignment: definitions.optional(),
      accessCredential: definitions.optional(),
      resources: z.record(z.string(), definitions).optional(),
    })
    .optional()
    .describe('Definitions of custom properties, by kind of entity.'),
  permissions: z
    .array(
      z.strictObject({
        name,
        effects: z.array(z.enum(canonicalPermissions)),
        applyToSubResources: z.boolean().optional(),
        resourceTypes: z.array(name).optional(),
      }),
    )
    .optional()
    .describe('Permissions that no file describes.'),
  roles: z
    .array(
      z.strictObject({
        name,
        id: name.optional(),
        permissions: z.array(name).optional(),
      }),
    )
    .optional()
    .describe('Roles that are made where no row describes them.'),
  tables: z
    .record(z.string(), z.strictObject({ ...fileSource, key: z.string().min(1), value: z.string().min(1) }))
    .optional()
    .describe('Files to look values up in.'),
  delimiter: z.string().min(1).default(',').describe('What `list: true` splits at.'),
  sources: z.array(source).min(1),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type MappingSource = Mapping['sources'][number];
export type MappingItem = MappingSource['map'][number];

/** A file of rows, as the mapping names it. */
export type FileSource = Pick<MappingSource, 'file' | 'format' | 'encoding' | 'pointer'> & {
  readonly csv?: CsvOptions | undefined;
};
