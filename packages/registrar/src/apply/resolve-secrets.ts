import { OaaError, UsageError } from '@oaa-kit/oaa';
import { resolveSecret, type SecretContext } from '@oaa-kit/oaa/settings';
import { checkSecretValue } from '../manifest/index.ts';
import type { PlannedProvider } from '../plan/plan.ts';
import { changedFields, wireField } from './changed-fields.ts';
import type { SecretValues } from './wire-body.ts';

function isSent(planned: PlannedProvider, path: string): boolean {
  if (planned.action === 'create' || planned.action === 'replace') return true;
  return planned.action !== 'delete' && changedFields(planned).has(wireField(path));
}

function checked(path: string, value: string, reference: string): string {
  const problem = checkSecretValue(path, value);
  if (problem === undefined) return value;
  throw new UsageError('setting-invalid', `it ${problem}.`, { hint: `Correct what ${nameOf(reference)} holds.` });
}

/** Arguments of a program may be secrets. */
function nameOf(reference: string): string {
  return reference.startsWith('cmd:') ? 'the program' : reference;
}

/**
 * Reads the secrets of all that is about to be sent, at this moment.
 *
 * @returns for each provider of the plan, in its order, the values by path
 * @throws UsageError with all that cannot be read or used
 */
export async function resolveSecrets(
  providers: readonly PlannedProvider[],
  context: Omit<SecretContext, 'cwd'>,
  onSecret: ((value: string) => void) | undefined,
): Promise<readonly SecretValues[]> {
  const problems: { readonly text: string; readonly error: OaaError }[] = [];
  const values: SecretValues[] = [];
  const known = new Map<string, string>();
  // Each reference is read once, however many providers use it: it may run a program.
  const read = async (reference: string, folder: string): Promise<string> => {
    const id = JSON.stringify([reference, folder]);
    const value = known.get(id) ?? (await resolveSecret(reference, { ...context, cwd: folder }));
    onSecret?.(value);
    known.set(id, value);
    return value;
  };
  for (const planned of providers) {
    const found = new Map<string, string>();
    const { name, secrets } = planned.declared;
    for (const { path, reference, folder } of secrets) {
      if (!isSent(planned, path)) continue;
      try {
        const value = await read(reference, folder);
        found.set(path, checked(path, value, reference));
      } catch (error) {
        if (!(error instanceof OaaError)) throw error;
        problems.push({ text: `  ${name}, ${path}: ${error.message}`, error });
      }
    }
    values.push(found);
  }
  const [first] = problems;
  if (first === undefined) return values;
  throw new UsageError(
    first.error.code,
    `Nothing was changed, since ${problems.length} of the secrets cannot be used:\n${problems.map(({ text }) => text).join('\n')}`,
    { hint: first.error.hint },
  );
}
