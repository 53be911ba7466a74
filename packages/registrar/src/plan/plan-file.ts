import { UsageError } from '@oaa-kit/oaa';
import { type DocumentKind, type FileWords, readDocument, writePrivateFile } from '../state/index.ts';
import type { Plan } from './plan.ts';
import { planSchema } from './plan-schema.ts';

const writing: FileWords = { noun: 'plan', flag: '--out' };
const kind: DocumentKind<typeof planSchema> = {
  noun: 'plan',
  flag: '--plan',
  format: 'oaa-registrar-plan',
  version: 1,
  schema: planSchema,
};

/**
 * Writes a plan for a later apply, whole or not at all, for its owner only: it names where secrets are found.
 *
 * @throws UsageError `file-unwritable`
 */
export async function writePlanFile(file: string, plan: Plan): Promise<void> {
  await writePrivateFile(file, `${JSON.stringify(plan, undefined, 2)}\n`, writing);
}

/**
 * Reads a plan that was written before.
 *
 * @throws UsageError `file-unreadable`, also when there is none; InputError for a file that is no plan, of a newer
 *   version, or damaged, with every problem
 */
export async function readPlanFile(file: string): Promise<Plan> {
  const plan = await readDocument(file, kind);
  // JSON knows no undefined: what is not there reads as such.
  if (plan !== undefined) return plan as Plan;
  throw new UsageError('file-unreadable', `The plan ${file} cannot be read: there is no such file.`, {
    hint: 'Write one with: oaa registrar plan --out <file>.',
  });
}
