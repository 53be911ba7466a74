import { z } from 'zod';
import { canonicalPermissions } from '../../payload/canonical-permissions.ts';
import { propertyTypes } from '../../payload/properties.ts';
import type { CsvOptions } from '../csv/csv-options.ts';
import { csvOptionsSchema } from './csv-options-schema.ts';
import { conditionSchema, unknownPolicies, valueForm, valueSpecSchema } from './value-spec.ts';
import { writeBackSchema } from './write-back-schema.ts';

const value = valueSpecSchema;
const name = z.string().trim().min(1, 'must not be empty');
const values = z
  .union([valueSpecSchema, z.array(valueSpecSchema).min(1)], valueForm)
  .meta({ id: 'values', description: 'One value, or a list of them.' });
const unknown = z
  .enum(unknownPolicies)
  .optional()
  .describe('What to do when the reference names nothing; error unless told otherwise.');

/** References to other entities: values, alone or with what to do when one names nothing. */
const references = z
  .union(
    [
      values,
      z.strictObject({ names: values.describe('Ids, or names where there are no ids.'), unknown }).describe('More:'),
    ],
    valueForm,
  )
  .meta({ id: 'references', description: 'Other entities, by their ids or names; forward references are fine.' });

/** References to roles or permissions: what is made of unknown ones can be said. */
const meaningfulReferences = z
  .union(
    [
      values,
      z
        .strictObject({
          names: values.describe('Ids, or names where there are no ids.'),
          unknown,
          effects: z
            .array(z.enum(canonicalPermissions))
            .min(1)
            .optional()
            .describe(
              'With unknown: create. What a permission that is made means; Uncategorized unless told otherwise. A role that is made gets one permission of its own name with this meaning; none unless told.',
            ),
        })
        .describe('More:'),
    ],
    valueForm,
  )
  .meta({
    id: 'grantReferences',
    description: 'Roles or permissions, by their ids or names; what is made of unknown ones can be said.',
  });

const on = {
  on: z
    .union(
      [
        z.literal('application'),
        z.strictObject({
          resources: references.describe('Keys: ids or names from the top resource down, with dots between them.'),
        }),
      ],
      'is application, or { resources: ... }',
    )
    .default('application')
    .describe('The application itself, or resources by their keys.'),
};
const roleLinks = z
  .array(
    z
      .strictObject({
        role: meaningfulReferences.describe('The roles that are assigned.'),
        ...on,
        properties: z.record(z.string(), value).optional().describe('Role assignment properties.'),
        when: conditionSchema.optional().describe('Only for rows for which this holds.'),
      })
      .meta({ id: 'roleAssignment', description: 'Roles, and where they hold.' }),
  )
  .min(1);
const permissionLinks = z
  .array(
    z
      .strictObject({
        permission: meaningfulReferences.describe('The permissions that are granted.'),
        ...on,
        when: conditionSchema.optional().describe('Only for rows for which this holds.'),
      })
      .meta({ id: 'permissionGrant', description: 'Permissions, and where they hold.' }),
  )
  .min(1);

const attachments = {
  properties: z.record(z.string(), value).optional().describe('Custom properties; types come from the definitions.'),
  tags: z
    .record(z.string(), value)
    .optional()
    .describe('Tags by key; a tenant keeps a tag that a later push leaves out.'),
  owners: z
    .array(
      z.strictObject({
        externalId: value.describe('The owner in an identity provider.'),
        ownerType: value.optional().describe('What kind of identity the owner is, such as OktaUser.'),
        primary: z.boolean().optional().describe('Whether this is the main owner.'),
      }),
    )
    .optional()
    .describe('Who answers for the entity.'),
};
const common = {
  application: value.optional().describe('The name of the application, where one file describes several.'),
  when: conditionSchema.optional().describe('Only rows for which this holds.'),
  conflicts: z
    .enum(['error', 'warning', 'ignore'])
    .default('error')
    .describe('When a later row gives the same entity other values: the first row stands; this is how it is reported.'),
};
const granted = {
  roles: roleLinks.optional().describe('Roles that the entity is given.'),
  permissions: permissionLinks.optional().describe('Permissions that the entity is given.'),
};
const named = {
  id: value.optional().describe('What others refer to; the name does where there is no id. One of both is needed.'),
  name: value.optional().describe('What people call it; the id where left out.'),
};
const createdAt = value.optional().describe('A date.');

const user = z
  .strictObject({
    ...common,
    ...named,
    email: value.optional().describe('The address of the user.'),
    identities: values
      .optional()
      .describe('Identities of an identity provider that the user belongs to, mostly the email address.'),
    groups: references.optional().describe('The groups that the user is a member of.'),
    accessCredentials: references.optional().describe('The credentials that the user has.'),
    isActive: value.optional().describe('True or false.'),
    createdAt,
    lastLoginAt: value.optional().describe('A date.'),
    deactivatedAt: value.optional().describe('A date.'),
    passwordLastChangedAt: value.optional().describe('A date.'),
    userType: value.optional().describe('human or service_account.'),
    ...attachments,
    ...granted,
  })
  .meta({ id: 'user', description: 'A local user of the application.' });

const group = z
  .strictObject({
    ...common,
    ...named,
    identities: values.optional().describe('Groups of an identity provider that this group stands for.'),
    createdAt,
    groups: references.optional().describe('The groups that this group is a member of.'),
    members: references.optional().describe('Users that are members of this group.'),
    ...attachments,
    ...granted,
  })
  .meta({ id: 'group', description: 'A local group.' });

const role = z
  .strictObject({
    ...common,
    ...named,
    permissions: meaningfulReferences.optional().describe('What the role allows.'),
    roles: meaningfulReferences.optional().describe('Roles contained in this role.'),
    ...attachments,
  })
  .meta({ id: 'role', description: 'A local role. Rows that name it again add permissions.' });

const permission = z
  .strictObject({
    when: common.when,
    conflicts: common.conflicts,
    name: value.describe('What others refer to.'),
    effects: value.describe(
      `Canonical permissions, compared without regard to case: ${canonicalPermissions.join(', ')}.`,
    ),
    applyToSubResources: value.optional().describe('True or false; false where left out.'),
    resourceTypes: value.optional().describe('The resource types that the permission is for; all where left out.'),
  })
  .meta({ id: 'permission', description: 'A permission; all applications of the payload share it.' });

const accessCredential = z
  .strictObject({
    ...common,
    id: value.describe('What others refer to.'),
    name: value.optional().describe('What people call it; the id where left out.'),
    isActive: value.optional().describe('True or false; true where left out.'),
    canExpire: value.optional().describe('True or false.'),
    createdAt,
    expiresAt: value.optional().describe('A date.'),
    lastUsedAt: value.optional().describe('A date.'),
    users: references.optional().describe('Users that have this credential.'),
    ...attachments,
    ...granted,
  })
  .meta({ id: 'accessCredential', description: 'A key, a token or the like, never the secret itself.' });

const resource = z
  .strictObject({
    ...common,
    path: values.describe(
      'From the top resource down: several values, or one with a list delimiter. Missing parents are made.',
    ),
    name: value.optional().describe('Where the last element of the path is an id.'),
    type: value.describe('The resource type.'),
    parentTypes: z.array(name).optional().describe('Types of parents that are made, from the top.'),
    description: value.optional().describe('At most 256 bytes.'),
    connections: z
      .array(
        z.strictObject({
          id: value.describe('The entity of another integration.'),
          nodeType: value.describe('Its type there.'),
        }),
      )
      .optional()
      .describe('Entities of other integrations that the resource stands for.'),
    ...attachments,
  })
  .meta({ id: 'resource', description: 'A resource, with its place among the others.' });

const idpIdentity = z
  .strictObject({
    application: common.application,
    when: common.when,
    name: value.describe('The identity, mostly an email address.'),
    ...granted,
  })
  .meta({ id: 'idpIdentity', description: 'Somebody whom only an identity provider knows, with what they are given.' });

/** What a row says, besides the entities that it describes: somebody has something. */
const assignment = z
  .strictObject({
    application: common.application,
    when: common.when,
    user: references.optional().describe('Who is given something: users.'),
    group: references.optional().describe('Groups.'),
    accessCredential: references.optional().describe('Credentials.'),
    idpIdentity: values.optional().describe('Identities that only an identity provider knows.'),
    groups: references.optional().describe('Groups that the user or group becomes a member of.'),
    ...granted,
  })
  .refine(
    (item) =>
      ['user', 'group', 'accessCredential', 'idpIdentity'].filter((key) => item[key as 'user'] !== undefined).length ===
      1,
    'needs exactly one of user, group, accessCredential and idpIdentity',
  )
  .meta({
    id: 'assignment',
    description:
      'Somebody described elsewhere is given something. Exactly one of user, group, accessCredential and idpIdentity.',
  });

const item = z
  .strictObject({
    user: user.optional().describe('A user.'),
    group: group.optional().describe('A group.'),
    role: role.optional().describe('A role.'),
    permission: permission.optional().describe('A permission.'),
    accessCredential: accessCredential.optional().describe('An access credential.'),
    resource: resource.optional().describe('A resource.'),
    idpIdentity: idpIdentity.optional().describe('An identity of an identity provider.'),
    assignment: assignment.optional().describe('Who has what.'),
  })
  .refine(
    (entry) => Object.values(entry).filter((kind) => kind !== undefined).length === 1,
    'needs exactly one kind of entity',
  )
  .meta({ id: 'item', description: 'What a row describes: exactly one of these.' });

const fileSource = {
  file: z.string().min(1).describe('Relative to the mapping. A .gz ending is decompressed.'),
  format: z.enum(['csv', 'json', 'ndjson']).optional().describe('From the ending of the file unless told otherwise.'),
  encoding: z.string().min(1).optional().describe('utf-8 unless told otherwise; any WHATWG name such as windows-1252.'),
  csv: csvOptionsSchema.optional().describe('How a CSV file is written.'),
  pointer: z
    .string()
    .regex(/^(?:\/.*)?$/)
    .optional()
    .describe('JSON pointer to the array of rows.'),
};

const source = z
  .strictObject({
    ...fileSource,
    when: conditionSchema.optional().describe('Only rows for which this holds.'),
    map: z.array(item).min(1).describe('What each row describes, in this order.'),
  })
  .meta({ id: 'source', description: 'A file of rows, and what they describe.' });

const definitions = z
  .record(z.string(), z.enum(propertyTypes))
  .describe(`Names (letters and underscores) and types: ${propertyTypes.join(', ')}.`);
const constant = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** The source mapping file: how rows become the entities of a payload. */
export const mappingSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors; passed over.'),
  template: z.literal('application').default('application').describe('The template of the payload.'),
  application: z
    .strictObject({
      name: name.describe('The name of the instance. It must stay the same from push to push.'),
      type: name.describe('The kind of application; the same for all its instances.'),
      description: z.string().optional().describe('At most 256 bytes.'),
      properties: z.record(z.string(), constant).optional().describe('Values of its custom properties.'),
      tags: z.record(z.string(), z.string()).optional().describe('Tags by key.'),
    })
    .describe('The application whose access the files describe.'),
  properties: z
    .strictObject({
      application: definitions.optional(),
      user: definitions.optional(),
      group: definitions.optional(),
      role: definitions.optional(),
      roleAssignment: definitions.optional(),
      accessCredential: definitions.optional(),
      resources: z.record(z.string(), definitions).optional().describe('By resource type.'),
    })
    .optional()
    .describe('Definitions of custom properties, by kind of entity.'),
  permissions: z
    .array(
      z.strictObject({
        name: name.describe('What rows refer to.'),
        effects: z.array(z.enum(canonicalPermissions)).describe('What it allows, in canonical permissions.'),
        applyToSubResources: z.boolean().optional().describe('false where left out.'),
        resourceTypes: z.array(name).optional().describe('The resource types that it is for; all where left out.'),
      }),
    )
    .optional()
    .describe('Permissions that no file describes.'),
  roles: z
    .array(
      z.strictObject({
        name: name.describe('What people call it.'),
        id: name.optional().describe('What rows refer to, where it is not the name.'),
        permissions: z.array(name).optional().describe('What it allows.'),
      }),
    )
    .optional()
    .describe('Roles that are made where no row describes them.'),
  tables: z
    .record(
      z.string(),
      z.strictObject({
        ...fileSource,
        key: z.string().min(1).describe('The column that is looked in.'),
        value: z.string().min(1).describe('The column with what is found.'),
      }),
    )
    .optional()
    .describe('Files to look values up in.'),
  delimiter: z.string().min(1).default(',').describe('What `list: true` splits at.'),
  sources: z.array(source).min(1).describe('The files, in any order.'),
  writeBack: writeBackSchema.optional().describe('How accepted SCIM changes are written into the files.'),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type MappingSource = Mapping['sources'][number];
export type MappingItem = MappingSource['map'][number];

/** A file of rows, as the mapping names it. */
export type FileSource = Pick<MappingSource, 'file' | 'format' | 'encoding' | 'pointer'> & {
  readonly csv?: CsvOptions | undefined;
};
