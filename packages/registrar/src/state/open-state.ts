import { resolve } from 'node:path';
import { UsageError } from '@oaa-kit/oaa';
import { readDocument } from './read-document.ts';
import type { RegistrarState, RememberedProvider } from './registrar-state.ts';
import { lockState } from './state-lock.ts';
import { stateSchema } from './state-schema.ts';
import { stateWords } from './state-words.ts';
import { makePlace, unwritable, writePrivateFile } from './write-private-file.ts';

/** The state of a tenant of which nothing is remembered. */
export function emptyState(tenantUrl: string): RegistrarState {
  return { format: 'oaa-registrar-state', version: 1, tenant: tenantUrl, serial: 0, providers: [] };
}

/**
 * The state of a tenant as it is in its file, for planning; an empty one when there is no file. A file appears whole or
 * not at all, so that no lock is needed.
 *
 * @param tenantUrl as `Tenant.url` gives it
 * @throws UsageError for a file of another tenant, `file-unreadable`; InputError for one that is damaged, of a newer
 *   version or no state file
 */
export async function readState(file: string, tenantUrl: string): Promise<RegistrarState> {
  const kind = { ...stateWords, format: 'oaa-registrar-state', version: 1, schema: stateSchema };
  const state = await readDocument(file, kind);
  if (state === undefined) return emptyState(tenantUrl);
  if (state.tenant === tenantUrl) return state as RegistrarState;
  throw new UsageError(
    'setting-invalid',
    `The state file ${file} is that of the tenant ${state.tenant}, and the tenant here is ${tenantUrl}.`,
    { hint: `Name the state file of this tenant with ${stateWords.flag}, or the tenant of this file with --url.` },
  );
}

/** The path without links, so that there is one lock whatever the file is called; its folder is made. */
async function realFile(file: string): Promise<string> {
  const absolute = resolve(file);
  try {
    return await makePlace(absolute);
  } catch (error) {
    throw unwritable(absolute, stateWords, error);
  }
}

/** The state of a tenant while it is being changed: nobody else can open it. */
export interface OpenState {
  /** Absolute path, without links. */
  readonly file: string;
  /** As it was read, or saved last. */
  readonly state: RegistrarState;
  /** Writes all providers, whole and to the disk, with the next serial. @throws UsageError `file-unwritable` */
  save(providers: readonly RememberedProvider[]): Promise<RegistrarState>;
  /** Lets go of the lock. */
  close(): void;
}

/**
 * Opens the state of a tenant for changing it, and locks it until it is closed or the process ends.
 *
 * @throws what `readState` throws; GuardError `guard` when somebody else has it open; UsageError `file-unwritable`
 */
export async function openState(file: string, tenantUrl: string, now: () => Date): Promise<OpenState> {
  const absolute = await realFile(file);
  const lock = await lockState(absolute, now);
  let state: RegistrarState;
  try {
    state = await readState(absolute, tenantUrl);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    file: absolute,
    get state() {
      return state;
    },
    async save(providers) {
      const next: RegistrarState = { ...state, serial: state.serial + 1, providers };
      // What could not be read again would stop every later run.
      stateSchema.parse(next);
      // By now a journal may lie beside it, which is not found under another name.
      await writePrivateFile(absolute, `${JSON.stringify(next, undefined, 2)}\n`, { noun: stateWords.noun });
      state = next;
      return next;
    },
    close: () => lock.release(),
  };
}
