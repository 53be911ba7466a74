import { didYouMean } from '../../errors/nearest-name.ts';
import { canonicalPermissions } from '../../payload/canonical-permissions.ts';
import type { MappingPath } from './compile-context.ts';
import { compileEntity, field, type ItemStep } from './compile-entity.ts';
import { compileBoolean, compileTexts, type Reader } from './compile-value.ts';
import { Fault, quoted } from './fault.ts';
import type { ItemContext } from './item-context.ts';
import type { MappingItem } from './mapping-schema.ts';
import type { ValueSpec } from './value-spec.ts';

const byFoldedName = new Map<string, string>(canonicalPermissions.map((name) => [name.toLowerCase(), name]));

function compileEffects(spec: ValueSpec, context: ItemContext, path: MappingPath): Reader<readonly string[]> {
  const { read, column } = compileTexts(spec, context, path);
  return {
    column,
    read: (row) =>
      (read(row) ?? []).map((text) => {
        const effect = byFoldedName.get(text.toLowerCase());
        if (effect !== undefined) return effect;
        throw new Fault(
          'unknown-value',
          `${quoted(text)} is not a canonical permission.${didYouMean(text, canonicalPermissions)}`,
          `Canonical permissions are ${canonicalPermissions.join(', ')}; translate others with map:.`,
        );
      }),
  };
}

/** A permission of the payload: all its applications share it. */
export function compilePermission(
  spec: NonNullable<MappingItem['permission']>,
  context: ItemContext,
  path: MappingPath,
): ItemStep {
  const subResources = field('', spec.applyToSubResources, compileBoolean, context, [
    ...path,
    'applyToSubResources',
  ])[0];
  const types = field('', spec.resourceTypes, compileTexts, context, [...path, 'resourceTypes'])[0];
  return compileEntity(
    { ...spec, application: undefined },
    {
      kind: 'permission',
      table: () => context.ledger.permissions,
      fields: [
        ...field('permission_type', spec.effects, compileEffects, context, [...path, 'effects']),
        { key: 'apply_to_sub_resources', read: (row) => subResources?.read(row) ?? false },
        { key: 'resource_types', read: (row) => types?.read(row) ?? [] },
      ],
      links: [],
    },
    context,
    path,
  );
}
