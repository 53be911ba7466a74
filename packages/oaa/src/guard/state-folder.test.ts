import { expect, test } from 'vitest';
import { stateFolder } from './state-folder.ts';

test.each([
  [{ OAA_STATE_DIR: '/own', XDG_STATE_HOME: '/shared', HOME: '/home/kim' }, '/own'],
  [{ OAA_STATE_DIR: 'own', HOME: '/home/kim' }, '/project/own'],
  [{ OAA_STATE_DIR: '', XDG_STATE_HOME: '/shared', HOME: '/home/kim' }, '/shared/oaa-kit'],
  [{ XDG_STATE_HOME: 'relative', HOME: '/home/kim' }, '/home/kim/.local/state/oaa-kit'],
  [{ HOME: '/home/kim' }, '/home/kim/.local/state/oaa-kit'],
])('%j is %s', (env, folder) => {
  expect(stateFolder(env, '/project')).toBe(folder);
});
