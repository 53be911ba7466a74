import { open, readFile, rename } from 'node:fs/promises';
import { InputError, templates } from '@oaa-kit/oaa';
import { z } from 'zod';
import type { SandboxState } from './records.ts';

const stateSchema = z.object({
  version: z.literal(1),
  providers: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      templates: z.array(z.enum(templates)),
      createdAt: z.string(),
      settings: z.record(z.string(), z.unknown()),
    }),
  ),
  dataSources: z.array(
    z.looseObject({
      id: z.string(),
      providerId: z.string(),
      name: z.string(),
      template: z.enum(templates),
      createdAt: z.string(),
      updatedAt: z.string(),
      pushes: z.array(
        z.looseObject({ at: z.string(), mode: z.string(), bytes: z.number(), warnings: z.array(z.unknown()) }),
      ),
    }),
  ),
});

function refused(path: string, why: string, cause: unknown): InputError {
  return new InputError('input-invalid', `The sandbox cannot use the state file ${path}: ${why}`, {
    hint: 'Name another file with --state (stateFile), or delete this one to start empty.',
    cause,
  });
}

/** Why a file gives no state. */
function unreadable(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not valid JSON.';
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return code === 'EISDIR' ? 'it is a folder.' : `it cannot be read (${code}).`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Reads a state file; undefined when there is none yet.
 * @throws InputError when it cannot be read or is not a state file.
 */
export async function readStateFile(path: string): Promise<SandboxState | undefined> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw refused(path, unreadable(error), error);
  }
  const result = stateSchema.safeParse(document);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw refused(path, `${issue?.path.join('.') || 'its content'} is not what a sandbox writes.`, result.error);
  }
  return document as SandboxState;
}

function* stateChunks(state: SandboxState): Generator<string> {
  yield `{"version":${state.version},"providers":${JSON.stringify(state.providers)},"dataSources":[`;
  for (const [index, dataSource] of state.dataSources.entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(dataSource)}`;
  }
  yield ']}\n';
}

/**
 * Writes the state so that a crash leaves either the former file or the new one. The file is readable by its owner
 * only: a provider's configuration may hold the credentials of an endpoint.
 */
export async function writeStateFile(path: string, state: SandboxState): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    for (const chunk of stateChunks(state)) await file.write(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
