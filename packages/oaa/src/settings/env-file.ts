import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { readTextFile } from './read-text-file.ts';

const maximumBytes = 1_000_000;

/** The variables of the `.env` file in a folder; none when there is no such file. */
export async function readEnvFile(folder: string): Promise<Readonly<Record<string, string | undefined>>> {
  const text = await readTextFile(resolve(folder, '.env'), maximumBytes);
  return text === undefined ? {} : parseEnv(text);
}
