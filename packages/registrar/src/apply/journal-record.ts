import { InputError } from '@oaa-kit/oaa';
import { z } from 'zod';
import type { Plan } from '../plan/plan.ts';
import { planSchema } from '../plan/plan-schema.ts';
import type { StepFacts } from './step.ts';

/** The first line of a journal. */
export interface JournalHeader {
  readonly format: 'oaa-registrar-journal';
  readonly version: 1;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly plan: Plan;
}

/**
 * One further line. `begun`: a request is about to be sent; `refused`: it certainly had no effect; `done`. `step` counts
 * the steps of the plan from 0, `serial` is that of the state then.
 */
export interface JournalEvent {
  readonly step: number;
  readonly event: 'begun' | 'refused' | 'done';
  readonly serial: number;
  readonly facts?: StepFacts | undefined;
}

/** What a journal says. */
export interface JournalRecord {
  readonly startedAt: string;
  readonly plan: Plan;
  readonly events: readonly JournalEvent[];
  /** Length in bytes of its whole lines: what comes after was cut by a crash. */
  readonly wholeBytes: number;
}

const headerSchema = z.strictObject({
  format: z.literal('oaa-registrar-journal'),
  version: z.literal(1),
  startedAt: z.iso.datetime(),
  plan: planSchema,
});

const eventSchema = z.strictObject({
  step: z.int().min(0),
  event: z.enum(['begun', 'refused', 'done']),
  serial: z.int().min(0),
  facts: z.strictObject({ id: z.string().optional(), differences: z.array(z.string()).optional() }).optional(),
});

function refused(file: string, row: number, problem: string): InputError {
  return new InputError('input-invalid', `${file}:${row}: the journal of an unfinished apply is damaged: ${problem}.`, {
    hint: 'Look on the tenant at what was done, move the file away, and plan again.',
  });
}

function parseLine<Shape extends z.ZodType>(file: string, row: number, line: string, schema: Shape): z.output<Shape> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refused(file, row, 'the line is no JSON');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw refused(file, row, `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'not as expected'}`);
}

/**
 * Reads a journal. A last line without its end was being written when the process ended: it does not count.
 *
 * @throws InputError `input-invalid` with file:row
 */
export function parseJournal(file: string, text: string): JournalRecord {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first = '', ...rest] = whole.split('\n').slice(0, -1);
  const { startedAt, plan } = parseLine(file, 1, first, headerSchema);
  const events = rest.map((line, index) => parseLine(file, index + 2, line, eventSchema));
  return { startedAt, plan: plan as Plan, events, wholeBytes: Buffer.byteLength(whole) };
}
