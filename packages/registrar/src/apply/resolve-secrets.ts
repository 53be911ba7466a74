import { OaaError, UsageError } from '@oaa-kit/oaa';
import type { SecretContext } from '@oaa-kit/oaa/settings';
import { type OnSecret, placeText, secretReader } from '../manifest/index.ts';
import { wireField } from '../plan/index.ts';
import type { PlannedProvider } from '../plan/plan.ts';
import { changedFields } from './changed-fields.ts';
import type { SecretValues } from './wire-body.ts';

function isSent(planned: PlannedProvider, path: string): boolean {
  if (planned.action === 'create' || planned.action === 'replace') return true;
  return planned.action !== 'delete' && changedFields(planned).has(wireField(path));
}

/**
 * Reads the secrets of all that is about to be sent, at this moment.
 *
 * @returns for each provider of the plan, in its order, the values by path
 * @throws UsageError with all that cannot be read or used, and where each reference stands
 */
export async function resolveSecrets(
  providers: readonly PlannedProvider[],
  context: Omit<SecretContext, 'cwd'>,
  onSecret: OnSecret,
): Promise<readonly SecretValues[]> {
  const problems: { readonly text: string; readonly error: OaaError }[] = [];
  const values: SecretValues[] = [];
  const read = secretReader(context, onSecret);
  for (const planned of providers) {
    const found = new Map<string, string>();
    const { name, secrets } = planned.declared;
    for (const secret of secrets.filter(({ path }) => isSent(planned, path))) {
      const { path, place } = secret;
      try {
        found.set(path, await read(secret));
      } catch (error) {
        if (!(error instanceof OaaError)) throw error;
        problems.push({ text: `  ${placeText(place)}: ${name}, ${path}: ${error.message}`, error });
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
