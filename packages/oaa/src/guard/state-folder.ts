import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

const ownFolder = 'oaa-kit';

function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

/**
 * Where this machine keeps what it remembers between runs: `OAA_STATE_DIR`, else `oaa-kit` in `XDG_STATE_HOME` or in
 * `~/.local/state` (XDG Base Directory Specification; a relative `XDG_STATE_HOME` does not count).
 */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, cwd: string): string {
  const own = given(env.OAA_STATE_DIR);
  if (own !== undefined) return resolve(cwd, own);
  const shared = given(env.XDG_STATE_HOME);
  if (shared !== undefined && isAbsolute(shared)) return join(shared, ownFolder);
  return join(given(env.HOME) ?? homedir(), '.local', 'state', ownFolder);
}
