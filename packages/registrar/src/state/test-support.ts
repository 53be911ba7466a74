import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RememberedProvider } from './registrar-state.ts';

export const tenantUrl = 'https://acme.vezacloud.com';
export const now = () => new Date('2026-11-22T12:00:00.000Z');

/** scrypt as cheap as it gets. */
export const cheap = { n: 2, r: 1, p: 1 };

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function rememberedProvider(changes: Partial<RememberedProvider> = {}): RememberedProvider {
  return {
    key: 'Portal',
    id: 'p-1',
    name: 'Portal',
    sent: { name: 'Portal', provisioning: true },
    answered: {},
    secrets: [],
    iconSha256: undefined,
    appliedAt: '2026-11-22T12:00:00.000Z',
    ...changes,
  };
}
