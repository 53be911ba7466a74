import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '@oaa-kit/oaa';
import type { Adapter } from './joining-adapter.ts';

/**
 * Loads an adapter from a module whose default export is a class, a function that gives one, or the adapter itself. Class
 * and function get the settings.
 *
 * @param file path of a JavaScript or TypeScript module, relative to `folder`
 * @throws UsageError for a module that cannot be loaded, or is no adapter
 * @example
 * const adapter = await loadAdapter('./crm-adapter.ts', { folder: process.cwd(), settings: { url: 'https://crm.example.com' } });
 */
export async function loadAdapter(
  file: string,
  { folder, settings }: { readonly folder: string; readonly settings?: unknown },
): Promise<Adapter> {
  const path = resolve(folder, file);
  const exported = await importDefault(path);
  let adapter: unknown;
  try {
    adapter = await instantiate(exported, settings);
  } catch (cause) {
    throw new UsageError('setting-invalid', `The adapter ${path} could not be made: ${messageOf(cause)}`, { cause });
  }
  const missing = missingParts(adapter);
  if (missing.length === 0) return adapter as Adapter;
  throw new UsageError(
    'setting-invalid',
    `The default export of ${path} is no adapter: it lacks ${missing.join(', ')}.`,
    {
      hint: 'Export a class that extends CustomAdapter, or CustomJoiningAdapter, of @oaa-kit/scim-writeback/application.',
    },
  );
}

async function importDefault(path: string): Promise<unknown> {
  try {
    await access(path);
  } catch (cause) {
    throw new UsageError('file-unreadable', `There is no module ${path}.`, {
      hint: 'Check the path of the adapter; it is relative to the file that names it.',
      cause,
    });
  }
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw new UsageError('setting-invalid', `The module ${path} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
  if (module.default !== undefined) return module.default;
  throw new UsageError('setting-invalid', `The module ${path} has no default export.`, {
    hint: 'Write `export default class ... extends CustomAdapter`.',
  });
}

async function instantiate(exported: unknown, settings: unknown): Promise<unknown> {
  if (typeof exported !== 'function') return exported;
  // Only a class has a prototype that cannot be replaced.
  const isClass = Object.getOwnPropertyDescriptor(exported, 'prototype')?.writable === false;
  return isClass ? Reflect.construct(exported, [settings]) : exported(settings);
}

function missingParts(adapter: unknown): readonly string[] {
  if (typeof adapter !== 'object' || adapter === null) return ['everything'];
  const parts = adapter as Readonly<Record<string, unknown>>;
  // One that has neither is told of the kind that most are of.
  const wanted =
    typeof parts.applyWithin === 'function'
      ? ({ name: 'string' } as const)
      : ({ name: 'string', repeatable: 'boolean', apply: 'function' } as const);
  const missing = Object.entries(wanted)
    .filter(([name, type]) => typeof parts[name] !== type)
    .map(([name, type]) => `${name} (${type})`);
  const { maxMembersPerOperation: most = 1 } = parts;
  // In batches of nobody, members would never come to an end.
  const isNumber = Number.isInteger(most) && Number(most) >= 1;
  return isNumber ? missing : [...missing, 'maxMembersPerOperation (a whole number from 1, or none)'];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
