import { z } from 'zod';
import type { BaseNotice } from '../../directory/bases.ts';

const kind = z.enum(['User', 'Group']);

const base = z.object({
  generation: z.number(),
  asOf: z.number(),
  revision: z.number(),
  digest: z.string(),
  application: z.object({ name: z.string(), type: z.string() }),
  counts: z.record(z.string(), z.number()),
  actor: z.string(),
  acceptedAt: z.string(),
});

const drifts = z.array(z.object({ kind, id: z.string(), fact: z.string(), generation: z.number() }));

const notice = z.object({
  // A service that is newer may know more of them; they are only shown.
  code: z.string().transform((code) => code as BaseNotice['code']),
  kind,
  key: z.string(),
  message: z.string(),
});

/** Of `POST /bases/begin`. */
export const begunShape = z.object({ asOf: z.string() });

/** Of `POST /bases`. */
export const acceptedShape = z.object({
  base,
  changes: z.object({
    created: z.number(),
    updated: z.number(),
    deleted: z.number(),
    membersAdded: z.number(),
    membersRemoved: z.number(),
  }),
  drifts,
  notices: z.array(notice),
});

/** Of `GET /bases`. */
export const listShape = z.object({ bases: z.array(base), drifts });
