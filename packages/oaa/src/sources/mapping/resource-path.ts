import { limits } from '../../payload/limits.ts';
import type { MappingPath } from './compile-context.ts';
import type { Reader } from './compile-raw.ts';
import { compileAll, joinColumns } from './compile-text.ts';
import { Fault, quoted } from './fault.ts';
import type { ItemContext } from './item-context.ts';
import type { ApplicationLedger } from './ledger/ledger.ts';
import type { ValueSpec } from './value-spec.ts';

/**
 * The elements of a resource's path from the top down: of one value with a list delimiter, or of several values. Of
 * several the last ones may be empty; an empty one with another below it would move the resource up.
 */
export function compileResourcePath(
  specs: ValueSpec | readonly ValueSpec[],
  context: ItemContext,
  path: MappingPath,
): Reader<readonly string[]> {
  const readers = Array.isArray(specs)
    ? specs.map((spec: ValueSpec, index) => compileAll(spec, context, [...path, index]))
    : [compileAll(specs as ValueSpec, context, path)];
  const column = joinColumns(readers);
  return {
    column,
    read: (row) => {
      const segments: string[] = [];
      let gap: string | undefined;
      for (const { read, column: own } of readers) {
        const texts = read(row);
        if (texts === undefined) gap ??= own ?? 'one';
        else if (gap === undefined) segments.push(...texts);
        else {
          throw new Fault(
            'empty-value',
            `The path has a gap: ${gap} is empty, and ${quoted(texts.join(', '))} stands below it.`,
            'Fill the column, or give a default: { column: ..., default: ... }.',
          );
        }
      }
      if (segments.length > limits.resourceDepth) {
        throw new Fault('too-deep', `The path is more than ${limits.resourceDepth} levels deep.`, 'Shorten the path.');
      }
      return segments.length === 0 ? undefined : segments;
    },
  };
}

/** What is noted of parents that no row has described yet. */
export interface ParentOrigin {
  readonly types: readonly string[] | undefined;
  readonly origin: number;
  readonly line: number;
}

/**
 * Notes the parents on the way to a resource; those that no row describes are made at the end.
 * @throws Fault when the resource, or a parent, has the key of one with another path
 */
export function placeResource(
  application: ApplicationLedger,
  segments: readonly string[],
  { types, origin, line }: ParentOrigin,
): number {
  const { resources, impliedResources } = application;
  let parent = -1;
  let key = '';
  for (const [depth, segment] of segments.entries()) {
    key = depth === 0 ? segment : `${key}.${segment}`;
    const slot = resources.slot(key);
    if (!application.place(slot, parent)) {
      const path = segments.slice(0, depth + 1);
      throw new Fault(
        'duplicate-key',
        `The path ${path.join(' > ')} has the key ${quoted(key)}, as has ${application.pathOf(slot).join(' > ')}.`,
        'The key of a resource is its path joined with dots. Give one of them another id: name: keeps what is shown.',
      );
    }
    if (depth < segments.length - 1 && !resources.isDefined(slot) && !impliedResources.has(slot)) {
      impliedResources.set(slot, { segment, type: types?.[depth], origin, line });
    }
    parent = slot;
  }
  return parent;
}
