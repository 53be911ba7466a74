import { z } from 'zod';
import { jsonRecord, jsonValue } from './json-schema.ts';

const maximumMemoryBytes = 256 * 1024 * 1024;
const maximumSecrets = 1_000;

/** A cost that somebody wrote into the file must not take the memory of the machine. */
const cost = z
  .strictObject({ n: z.int().min(2), r: z.int().min(1), p: z.int().min(1).max(16) })
  .refine(({ n }) => Number.isInteger(Math.log2(n)), 'n must be a power of two (RFC 7914 s2)')
  .refine(({ n, r }) => 128 * n * r <= maximumMemoryBytes, `must take at most ${maximumMemoryBytes} bytes of memory`);

const secret = z.strictObject({
  path: z.string().min(1),
  salt: z.base64().length(24, 'must be 16 bytes in base64'),
  hash: z.base64().length(44, 'must be 32 bytes in base64'),
  cost,
});

const provider = z.strictObject({
  key: z.string().min(1),
  id: z.string().min(1),
  name: z.string().min(1),
  sent: jsonRecord,
  answered: z.record(z.string(), jsonValue),
  secrets: z.array(secret).max(maximumSecrets),
  iconSha256: z.hex().length(64).optional(),
  appliedAt: z.iso.datetime(),
});

/** No two entries for one key or one provider: a plan would follow the one or the other. */
function refuseDoubles(providers: readonly z.infer<typeof provider>[], context: z.RefinementCtx): void {
  for (const field of ['key', 'id'] as const) {
    const seen = new Set<string>();
    for (const [index, entry] of providers.entries()) {
      if (seen.has(entry[field])) {
        context.addIssue({ code: 'custom', path: [index, field], message: 'is there twice' });
      }
      seen.add(entry[field]);
    }
  }
}

/** The state file, version 1. */
export const stateSchema = z.strictObject({
  format: z.literal('oaa-registrar-state'),
  version: z.literal(1),
  tenant: z.string().min(1),
  serial: z.int().min(0),
  providers: z.array(provider).superRefine(refuseDoubles),
});
