import { splitAttributePath } from '../schemas/attribute-path.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute, Schema } from '../schemas/schema.ts';

/** Which attributes a request wants to see, as names or paths. RFC 7644 s3.9. */
export interface SelectionRequest {
  /** The only ones, besides those that are always returned. */
  readonly attributes?: readonly string[] | undefined;
  /** Ones to leave out, unless they are always returned. */
  readonly excludedAttributes?: readonly string[] | undefined;
  /** Ones that the request itself has written: shown also where they are returned on request only. RFC 7643 s7. */
  readonly written?: readonly string[] | undefined;
}

/** What to take of each member of an object; names that are not in it are left out. */
export type ContainerPlan = ReadonlyMap<string, 'whole' | ContainerPlan>;

/** A selection resolved against the schemas of a resource type. */
export type SelectionPlan = ContainerPlan;

/** What a list of paths names. */
class NamedPaths {
  readonly #schemas = new Set<Schema>();
  readonly #paths = new Map<string, { whole: boolean; readonly subs: Set<Attribute> }>();

  constructor(paths: readonly string[], schema: ResourceSchema) {
    for (const text of paths) {
      const path = splitAttributePath(text);
      const named = schema.resolveSchema(path);
      const resolved = named === undefined ? schema.resolve(path) : undefined;
      if (named !== undefined) this.#schemas.add(named);
      // RFC 7644 s3.4.2.5: what no schema has is ignored.
      if (resolved === undefined) continue;
      const key = keyOf(resolved.attribute, resolved.extension);
      const entry = this.#paths.get(key) ?? { whole: false, subs: new Set() };
      this.#paths.set(key, entry);
      if (resolved.sub === undefined) entry.whole = true;
      else entry.subs.add(resolved.sub);
    }
  }

  /** Whether the attribute is named, itself or with its schema. */
  whole(attribute: Attribute, extension: Schema | undefined, core: Schema): boolean {
    return this.#schemas.has(extension ?? core) || this.#paths.get(keyOf(attribute, extension))?.whole === true;
  }

  sub(attribute: Attribute, extension: Schema | undefined, sub: Attribute): boolean {
    return this.#paths.get(keyOf(attribute, extension))?.subs.has(sub) === true;
  }
}

/** Resolves a selection once, for any number of resources. Unknown names are ignored (RFC 7644 s3.4.2.5). */
export function compileSelection(schema: ResourceSchema, request: SelectionRequest): SelectionPlan {
  const { type } = schema;
  const selecting = request.attributes !== undefined;
  const named = new NamedPaths(request.attributes ?? request.written ?? [], schema);
  const excluded = new NamedPaths(request.excludedAttributes ?? [], schema);

  function planAttributes(attributes: readonly Attribute[], extension: Schema | undefined) {
    return attributes.flatMap((attribute): [string, 'whole' | ContainerPlan][] => {
      const shown = isShown(attribute, {
        named: named.whole(attribute, extension, type.schema),
        selecting,
        excluded: excluded.whole(attribute, extension, type.schema),
      });
      const part = planSubAttributes(attribute, extension, shown);
      return part === undefined ? [] : [[attribute.name, part]];
    });
  }

  function planSubAttributes(attribute: Attribute, extension: Schema | undefined, shown: boolean) {
    const subs = attribute.subAttributes;
    if (attribute.returned === 'never') return undefined;
    if (subs === undefined) return shown ? 'whole' : undefined;
    const plan = new Map<string, 'whole'>();
    let someNamed = false;
    for (const sub of subs) {
      const subNamed = named.sub(attribute, extension, sub);
      someNamed ||= subNamed && sub.returned !== 'never';
      const subShown = isShown(sub, {
        named: subNamed,
        // Within an attribute that is shown, its sub-attributes have their defaults.
        selecting: !shown,
        excluded: excluded.sub(attribute, extension, sub),
      });
      if (subShown) plan.set(sub.name, 'whole');
    }
    if (!shown && !someNamed) return undefined;
    return plan.size === subs.length ? 'whole' : plan;
  }

  return new Map<string, 'whole' | ContainerPlan>([
    ...planAttributes(schema.attributes, undefined),
    ...type.extensions.map(({ schema: extension }): [string, ContainerPlan] => [
      extension.id,
      new Map(planAttributes(extension.attributes, extension)),
    ]),
  ]);
}

interface Wishes {
  /** It is in `attributes`, or without these, the request has written it. */
  readonly named: boolean;
  /** There are `attributes`, so that defaults do not count. */
  readonly selecting: boolean;
  readonly excluded: boolean;
}

/** RFC 7643 s7 "returned", RFC 7644 s3.9. */
function isShown({ returned }: Attribute, { named, selecting, excluded }: Wishes): boolean {
  if (returned === 'always') return true;
  if (returned === 'never') return false;
  if (selecting) return named;
  return !excluded && (returned === 'default' || named);
}

function keyOf(attribute: Attribute, extension: Schema | undefined): string {
  return extension === undefined ? attribute.name : `${extension.id}:${attribute.name}`;
}
