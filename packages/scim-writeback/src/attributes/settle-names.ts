import { type Diagnostic, foldKey, InputError, joinPath } from '@oaa-kit/oaa';
import { foldName } from '../protocol/text/fold-name.ts';

/** A SCIM attribute by its path, with the name of a custom property. */
export interface NamedPath {
  readonly name: string;
  readonly path: string;
  /** The name is taken, and not by a custom property: no other can be given. */
  readonly fixed?: boolean;
}

/** What the tenant takes as a name of a custom property, case aside (reference 1.0.2). */
const legalName = /^[a-z][a-z_]*$/i;

/**
 * The name of the property of each path: the given one, else the one that it comes with.
 *
 * @param given by path, in any case (RFC 7643 s2.1).
 * @throws InputError with all names that are taken, illegal, or given to a path that is not among `paths`.
 */
export function settleNames(
  paths: readonly NamedPath[],
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const problems: Diagnostic[] = [];
  const chosen = readGiven(given, paths, problems);
  const names = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const { name: ruled, path } of paths) {
    const name = chosen.get(foldName(path)) ?? ruled;
    const owner = owners.get(foldKey(name));
    if (!legalName.test(name)) {
      problems.push(problem('property-name', path, `"${shown(name)}", for ${path}, is no name for a custom property.`));
    } else if (owner !== undefined) {
      problems.push(problem('duplicate-key', path, `${owner} and ${path} both come to the property "${name}".`));
    } else owners.set(foldKey(name), path);
    names.set(path, name);
  }
  if (problems.length === 0) return names;
  const list = problems.map(({ message }) => `\n  ${message}`).join('');
  throw new InputError('input-invalid', `Attributes cannot be mapped to custom properties:${list}`, {
    hint: 'Give the attribute a name of its own in propertyNames, by its SCIM path: letters and underscores, a letter first.',
    diagnostics: problems,
  });
}

function readGiven(
  given: Readonly<Record<string, string>>,
  paths: readonly NamedPath[],
  problems: Diagnostic[],
): ReadonlyMap<string, string> {
  const known = new Set(paths.flatMap(({ path, fixed }) => (fixed === true ? [] : [foldName(path)])));
  const chosen = new Map<string, string>();
  for (const [path, name] of Object.entries(given)) {
    const folded = foldName(path);
    if (!known.has(folded)) {
      problems.push(problem('unknown-key', path, `${shown(path)} is no attribute that becomes a custom property.`));
    } else if (chosen.has(folded)) {
      problems.push(problem('duplicate-key', path, `${path} is given twice; names do not depend on case.`));
    } else chosen.set(folded, name);
  }
  return chosen;
}

function problem(code: Diagnostic['code'], path: string, message: string): Diagnostic {
  return { severity: 'error', code, path: joinPath('$', 'propertyNames', path), message };
}

function shown(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
