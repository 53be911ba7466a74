import { OaaError } from '@oaa-kit/oaa';
import type { SecretContext } from '@oaa-kit/oaa/settings';
import type { DeclaredSecret } from '../manifest/declared-provider.ts';
import { type OnSecret, type SecretReader, secretReader } from '../manifest/index.ts';
import { isRemembered, type RememberedProvider } from '../state/index.ts';
import type { KnownSecrets, Reading, SecretKnowledge } from './assemble-plan/index.ts';
import { inTurns } from './in-turns.ts';
import type { PlanProblem } from './plan.ts';

/** The threads that Node has for such work; each takes 32 MiB. */
const secretsAtOnce = 4;

/** What a plan knows of secrets: no value of one is in it. */
export interface SecretsKnown {
  /** By the keys of providers. */
  readonly secrets: ReadonlyMap<string, KnownSecrets>;
  readonly problems: readonly PlanProblem[];
}

interface Task extends Pick<Reading, 'declared' | 'remembered'> {
  readonly secret: DeclaredSecret;
}

interface Outcome {
  readonly knowledge: SecretKnowledge;
  readonly problem?: PlanProblem;
}

async function compare(
  path: string,
  value: string,
  remembered: RememberedProvider | undefined,
): Promise<SecretKnowledge> {
  const known = remembered?.secrets.find((secret) => secret.path === path);
  if (known === undefined) return 'unknown';
  return (await isRemembered(known, value)) ? 'unchanged' : 'changed';
}

async function know({ declared, remembered, secret }: Task, read: SecretReader): Promise<Outcome> {
  const { path, place } = secret;
  try {
    return { knowledge: await compare(path, await read(secret), remembered) };
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    const message = `${path}: ${error.message}`;
    const hint = error.hint ?? 'Correct the reference.';
    const problem: PlanProblem = { code: 'secret-unreadable', provider: declared.name, place, message, hint };
    return { knowledge: 'unreadable', problem };
  }
}

/**
 * Reads the secrets of the declared providers and compares them with what the state remembers. They go nowhere. What
 * cannot be read becomes a problem, all of them.
 */
export async function knowSecrets(
  readings: readonly Reading[],
  context: Omit<SecretContext, 'cwd'>,
  onSecret: OnSecret,
): Promise<SecretsKnown> {
  const tasks = readings
    .filter(({ declared }) => !declared.absent)
    .flatMap(({ declared, remembered }) => declared.secrets.map((secret): Task => ({ declared, remembered, secret })));
  const read = secretReader(context, onSecret);
  const outcomes = await inTurns(tasks, secretsAtOnce, async (task) => ({ task, outcome: await know(task, read) }));
  const secrets = new Map<string, Map<string, SecretKnowledge>>();
  for (const { task, outcome } of outcomes) {
    const ofProvider = secrets.get(task.declared.key) ?? new Map();
    secrets.set(task.declared.key, ofProvider.set(task.secret.path, outcome.knowledge));
  }
  const problems = outcomes.flatMap(({ outcome: { problem } }) => (problem === undefined ? [] : [problem]));
  return { secrets, problems };
}
