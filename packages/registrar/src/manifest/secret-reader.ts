import { UsageError } from '@oaa-kit/oaa';
import { resolveSecret, type SecretContext } from '@oaa-kit/oaa/settings';
import { checkSecretValue } from './check-secret-value.ts';
import type { DeclaredSecret } from './declared-provider.ts';

/** Told of every secret that is read, so that it can be hidden wherever it might be printed. */
export type OnSecret = ((value: string) => void) | undefined;

/**
 * Reads the value of a declared secret.
 *
 * @throws UsageError when it cannot be read, or cannot be what it is for; its message shows neither the value nor the
 *   arguments of a program
 */
export type SecretReader = (secret: DeclaredSecret) => Promise<string>;

/** A reader that reads each reference once, however many providers have it: it may run a program. */
export function secretReader(context: Omit<SecretContext, 'cwd'>, onSecret: OnSecret): SecretReader {
  const values = new Map<string, Promise<string>>();
  const read = async ({ reference, folder }: DeclaredSecret): Promise<string> => {
    const value = await resolveSecret(reference, { ...context, cwd: folder });
    onSecret?.(value);
    return value;
  };
  return async (secret) => {
    const { path, reference, folder } = secret;
    const key = JSON.stringify([reference, folder]);
    const reading = values.get(key) ?? read(secret);
    values.set(key, reading);
    const value = await reading;
    const problem = checkSecretValue(path, value);
    if (problem === undefined) return value;
    // The arguments of a program may be secrets.
    const source = reference.startsWith('cmd:') ? 'the program of a cmd: reference' : reference;
    throw new UsageError('setting-invalid', `What ${source} gives ${problem}.`, {
      hint: 'Correct the secret, or point elsewhere.',
    });
  };
}
