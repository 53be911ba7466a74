import { foldKey, InputError, type WireGroup, type WireUser } from '@oaa-kit/oaa';
import type { MappingDocument, MappingItem } from '@oaa-kit/oaa/sources';
import type { AttributeMapping } from '../../attributes/attribute-mapping.ts';
import { comparableLocalGroup, comparableLocalUser, differingPaths } from '../../attributes/comparable.ts';
import type { Expectation } from './plan/edit-plan.ts';
import { readBack, rowsInMemory } from './read-back.ts';
import { Refusal } from './refusal.ts';

/** Rows of a file as they were written. */
export interface WrittenRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads written rows through the mapping. They have to say what was to be written: what the encoding, a delimiter or the
 * form of a date cannot say is found here, before any file is changed.
 *
 * @throws Refusal
 */
export async function verifyWritten(
  document: MappingDocument,
  folder: string,
  { file, kind, key, facts, paths }: Expectation,
  { columns, rows }: WrittenRows,
  mapping: AttributeMapping,
): Promise<void> {
  const keep = (item: MappingItem, from: string) => (from === file ? onlyFacts(item, kind, paths, mapping) : undefined);
  const read = await readBack(document, folder, keep, async () => rowsInMemory(file, columns, rows)).catch(
    (error: unknown): never => {
      if (!(error instanceof InputError)) throw error;
      throw new Refusal(`${file} would not be readable: ${error.diagnostics[0]?.message ?? error.message}`);
    },
  );
  const found = (kind === 'User' ? read.users : read.groups).find((one) => isOf(one, key));
  if (found === undefined) {
    throw new Refusal(`The row in ${file} would not be read as the ${kind.toLowerCase()} ${JSON.stringify(key)}`);
  }
  const seen = kind === 'User' ? comparableLocalUser(found as WireUser, mapping) : comparableLocalGroup(found, mapping);
  const lost = differingPaths(facts, seen).filter((path) => paths.has(path));
  const [path] = lost;
  if (path === undefined) return;
  throw new Refusal(
    `${file} cannot say ${path} ${said(facts.texts.get(path))}: it would be read as ${said(seen.texts.get(path))}`,
  );
}

/** Whether an entity of a payload has this key: its id, else its name. */
export function isOf({ id, name }: WireUser | WireGroup, key: string): boolean {
  return foldKey(id ?? name) === foldKey(key);
}

function said(text: string | undefined): string {
  if (text === undefined) return '(nothing)';
  return JSON.stringify(text.length <= 100 ? text : `${text.slice(0, 97)}...`);
}

/** The item for what is compared alone: a bad cell that nobody touches must not keep a user from being deactivated. */
function onlyFacts(
  item: MappingItem,
  kind: Expectation['kind'],
  paths: ReadonlySet<string>,
  mapping: AttributeMapping,
): MappingItem | undefined {
  const spec = kind === 'User' ? item.user : item.group;
  if (spec === undefined) return undefined;
  const properties = Object.entries(spec.properties ?? {}).filter(([name]) => {
    return paths.has(mapping.byName.get(foldKey(name))?.path ?? '');
  });
  const { application, when, conflicts, id, name } = spec;
  const shared = {
    conflicts,
    ...(application !== undefined && { application }),
    ...(when !== undefined && { when }),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
  };
  if (item.user === undefined) return { group: shared };
  const { email, identities, isActive } = item.user;
  return {
    user: {
      ...shared,
      ...(paths.has('emails') && email !== undefined && { email }),
      ...(paths.has('emails') && identities !== undefined && { identities }),
      ...(paths.has('active') && isActive !== undefined && { isActive }),
    },
  };
}
