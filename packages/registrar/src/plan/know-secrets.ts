import { OaaError } from '@oaa-kit/oaa';
import { resolveSecret, type SecretContext } from '@oaa-kit/oaa/settings';
import type { DeclaredProvider, DeclaredSecret } from '../manifest/declared-provider.ts';
import { checkSecretValue } from '../manifest/index.ts';
import { isRemembered, type RememberedProvider } from '../state/index.ts';
import type { KnownSecrets, Reading } from './assemble-plan/index.ts';
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

/** Told of every secret that is read, so that it can be hidden wherever it might be printed. */
export type OnSecret = ((value: string) => void) | undefined;

type Outcome = { readonly problem: PlanProblem } | { readonly knowledge: 'unchanged' | 'changed' | 'unknown' };

function unreadable({ name, place }: DeclaredProvider, message: string, hint: string): Outcome {
  return { problem: { code: 'secret-unreadable', provider: name, place, message, hint } };
}

async function compare(
  path: string,
  value: string,
  remembered: RememberedProvider | undefined,
): Promise<'unchanged' | 'changed' | 'unknown'> {
  const known = remembered?.secrets.find((secret) => secret.path === path);
  if (known === undefined) return 'unknown';
  return (await isRemembered(known, value)) ? 'unchanged' : 'changed';
}

/** Reads each reference once, however many providers use it: it may run a program. */
function readerOf(context: SecretContext, onSecret: OnSecret): (secret: DeclaredSecret) => Promise<string> {
  const values = new Map<string, Promise<string>>();
  const read = async ({ reference, folder }: DeclaredSecret): Promise<string> => {
    const value = await resolveSecret(reference, { ...context, cwd: folder });
    onSecret?.(value);
    return value;
  };
  return (secret) => {
    const key = JSON.stringify([secret.reference, secret.folder]);
    const value = values.get(key) ?? read(secret);
    values.set(key, value);
    return value;
  };
}

async function know(task: Task, read: (secret: DeclaredSecret) => Promise<string>): Promise<Outcome> {
  const { declared, remembered, secret } = task;
  const { path } = secret;
  let value: string;
  try {
    value = await read(secret);
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    return unreadable(declared, `${path}: ${error.message}`, error.hint ?? 'Correct the reference.');
  }
  const problem = checkSecretValue(path, value);
  if (problem === undefined) return { knowledge: await compare(path, value, remembered) };
  // The reference of a program may have arguments that are nobody's business.
  const kind = secret.reference.startsWith('cmd:') ? 'cmd:' : secret.reference;
  return unreadable(declared, `${path}: what ${kind} gives ${problem}.`, 'Correct the secret, or point elsewhere.');
}

/**
 * Reads the secrets of the declared providers and compares them with what the state remembers. They go nowhere. What
 * cannot be read becomes a problem, all of them.
 */
export async function knowSecrets(
  readings: readonly Reading[],
  context: SecretContext,
  onSecret: OnSecret,
): Promise<SecretsKnown> {
  const tasks = readings
    .filter(({ declared }) => !declared.absent)
    .flatMap(({ declared, remembered }) => declared.secrets.map((secret): Task => ({ declared, remembered, secret })));
  const read = readerOf(context, onSecret);
  const outcomes = await inTurns(tasks, secretsAtOnce, async (task) => ({ task, outcome: await know(task, read) }));
  const secrets = new Map<string, Map<string, 'unchanged' | 'changed' | 'unknown'>>();
  for (const { task, outcome } of outcomes) {
    if ('problem' in outcome) continue;
    const ofProvider = secrets.get(task.declared.key) ?? new Map();
    secrets.set(task.declared.key, ofProvider.set(task.secret.path, outcome.knowledge));
  }
  const problems = outcomes.flatMap(({ outcome }) => ('problem' in outcome ? [outcome.problem] : []));
  return { secrets, problems };
}
