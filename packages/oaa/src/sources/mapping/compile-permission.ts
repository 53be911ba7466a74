import { didYouMean } from '../../errors/nearest-name.ts';
import { canonicalPermissions } from '../../payload/canonical-permissions.ts';
import { compileBoolean } from './compile-boolean.ts';
import { compileCondition } from './compile-condition.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { compileDefinition } from './compile-entity.ts';
import type { Reader } from './compile-raw.ts';
import { compileTexts } from './compile-text.ts';
import { Fault, quoted } from './fault.ts';
import { type Field, field, optionalReader } from './fields.ts';
import type { ItemContext, ItemStep } from './item-context.ts';
import type { MappingItem } from './mapping-schema.ts';
import type { ValueSpec } from './value-spec.ts';

const byFoldedName = new Map<string, string>(canonicalPermissions.map((name) => [name.toLowerCase(), name]));

function canonical(text: string): string {
  const effect = byFoldedName.get(text.toLowerCase());
  if (effect !== undefined) return effect;
  throw new Fault(
    'unknown-value',
    `${quoted(text)} is not a canonical permission.${didYouMean(text, canonicalPermissions)}`,
    `Canonical permissions are ${canonicalPermissions.join(', ')}; translate others with map:.`,
  );
}

function compileEffects(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<readonly string[]> {
  const { read, column } = compileTexts(spec, context, path);
  return {
    column,
    read: (row) => {
      const texts = read(row);
      if (texts === undefined) {
        throw new Fault(
          'empty-value',
          'The row does not say what its permission allows.',
          'Fill the column, or give a default: { column: ..., default: Uncategorized }.',
        );
      }
      return [...new Set(texts.map(canonical))];
    },
  };
}

/** A permission of the payload: all its applications share it. */
export function compilePermission(
  spec: NonNullable<MappingItem['permission']>,
  context: ItemContext,
  path: MappingPath,
): ItemStep {
  const subResources = optionalReader(spec.applyToSubResources, compileBoolean, context, [
    ...path,
    'applyToSubResources',
  ]);
  const types = optionalReader(spec.resourceTypes, compileTexts, context, [...path, 'resourceTypes']);
  const fields = [
    ...field('permission_type', spec.effects, compileEffects, context, [...path, 'effects']),
    { key: 'apply_to_sub_resources', read: (row) => subResources?.(row) ?? false } satisfies Field,
    { key: 'resource_types', read: (row) => types?.(row) ?? [] } satisfies Field,
  ];
  const holds = compileCondition(spec.when, context, [...path, 'when']);
  const define = compileDefinition(spec, 'permission', fields, context, path);
  const { permissions } = context.ledger;
  return (row) => {
    if (holds(row)) define(row, permissions);
  };
}
