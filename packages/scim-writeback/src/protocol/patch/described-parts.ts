import type { Filter } from '../filter/filter.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute } from '../schemas/schema.ts';
import { foldName } from '../text/fold-name.ts';
import type { Parts } from './merge-parts.ts';

/**
 * The parts that a value has to have for a filter to match it, such as `type eq "work" and primary eq true`. Undefined
 * where the filter describes no single value, or one that a client may not set.
 */
export function describedParts(filter: Filter, attribute: Attribute): Parts | undefined {
  const parts: Record<string, unknown> = Object.create(null);
  const waiting: Filter[] = [filter];
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (term.kind === 'and') {
      waiting.push(...term.operands);
      continue;
    }
    if (term.kind !== 'comparison' || term.operator !== 'eq' || term.selection !== undefined) return undefined;
    const { path, value } = term;
    const sub = attribute.subAttributes?.find(({ name }) => foldName(name) === foldName(path.name));
    if (sub === undefined || path.urn !== undefined || path.sub !== undefined || sub.mutability === 'readOnly') {
      return undefined;
    }
    // Without quotes, 42 is a word as good as any where the attribute is a string.
    const part = sub.type === 'string' && typeof value === 'number' ? String(value) : value;
    if (Object.hasOwn(parts, sub.name) && parts[sub.name] !== part) return undefined;
    parts[sub.name] = part;
  }
  return parts;
}

/** Described parts, with those that an operation names in their stead, however it spells them. */
export function overlayParts(described: Parts, named: Parts, attribute: Attribute, schema: ResourceSchema): Parts {
  const names = new Set(Object.keys(named).map((name) => schema.subAttribute(attribute, name)?.name));
  const kept = Object.entries(described).filter(([name]) => !names.has(name));
  return Object.assign(Object.create(null), Object.fromEntries(kept), named);
}
