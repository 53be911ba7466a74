import { z } from 'zod';
import { jsonRecord, jsonValue } from '../state/index.ts';

const text = z.string().min(1);
const sha256 = z.hex().length(64);
const position = z.int().min(1);

const place = z.strictObject({ file: z.string(), row: position, column: position });

const scim = z.strictObject({
  url: text,
  usersEndpoint: z.string().optional(),
  groupsEndpoint: z.string().optional(),
  extensionSchemas: z.boolean(),
  caCertificate: z.string().optional(),
  username: z.string().optional(),
});

const declared = z.strictObject({
  key: text,
  name: text,
  place,
  adopt: z.boolean(),
  absent: z.boolean(),
  templates: z.array(text),
  fields: jsonRecord,
  configuration: jsonRecord.optional(),
  scim: scim.optional(),
  secrets: z.array(z.strictObject({ path: text, reference: text, folder: z.string(), place })),
  icon: z.strictObject({ file: text, sha256 }).optional(),
  dataSources: z.array(z.strictObject({ name: text, template: text.optional(), absent: z.boolean() })),
});

const field = z.union([
  z.strictObject({ path: text, secret: z.enum(['new', 'changed', 'unknown', 'unreadable']) }),
  z.strictObject({ path: text, before: jsonValue.optional(), after: jsonValue.optional() }),
]);

const provider = z.strictObject({
  action: z.enum(['create', 'update', 'delete', 'replace', 'none']),
  declared,
  assumes: z.strictObject({ id: text, name: text, state: z.string(), fingerprint: sha256 }).optional(),
  adopts: z.boolean(),
  forgets: z.boolean(),
  reasons: z.array(z.string()),
  fields: z.array(field),
  dataSources: z.array(
    z.strictObject({
      action: z.enum(['create', 'delete']),
      name: text,
      template: text.optional(),
      id: text.optional(),
    }),
  ),
  checksEndpoint: z.boolean(),
  needsAllowDelete: z.boolean(),
});

const problem = z.strictObject({
  code: z.enum(['name-taken', 'not-ours', 'other-name', 'name-ambiguous', 'secret-unreadable']),
  provider: text,
  place,
  message: z.string(),
  hint: z.string(),
});

/** The plan file, version 1. */
export const planSchema = z.strictObject({
  format: z.literal('oaa-registrar-plan'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  tenant: text,
  environment: z.string().optional(),
  manifests: z.array(z.strictObject({ file: z.string(), sha256 })),
  stateSerial: z.int().min(0),
  allowDelete: z.boolean(),
  providers: z.array(provider),
  problems: z.array(problem),
  notes: z.array(z.string()),
});
