import { ScimError } from '../errors/scim-error.ts';
import type { Profile } from '../profile.ts';
import { type AttributePath, printAttributePath } from '../schemas/attribute-path.ts';
import type { ResolvedPath, ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute } from '../schemas/schema.ts';
import { foldName } from '../text/fold-name.ts';
import type { ComparisonFilter, Filter, PresenceFilter } from './filter.ts';
import { invalidFilter } from './filter-problem.ts';
import { isFilterable } from './is-filterable.ts';
import { resolveOperand } from './resolve-operand.ts';
import type { ResolvedFilter } from './resolved-filter.ts';

/** What the meaning of a filter depends on. */
export type FilterProfile = Pick<Profile, 'unquotedFilterWords' | 'stringBooleans' | 'unknownFilterAttributes'>;

/**
 * Looks every attribute of a filter up in the schemas and gives every value its type, so that what remains can be
 * evaluated, or translated for a database, without further checks.
 *
 * @throws ScimError 400 `invalidFilter` where an operator or a value does not fit the attribute, and for unknown
 * attributes as the profile says; 400 `sensitive` for attributes that are never returned.
 */
export function resolveFilter(filter: Filter, schema: ResourceSchema, profile: FilterProfile): ResolvedFilter {
  return new Resolver(schema, profile, undefined).resolve(filter);
}

/**
 * The same for a filter about one value of an attribute, as between the brackets of `emails[type eq "work"]`.
 *
 * @throws ScimError as {@link resolveFilter}
 */
export function resolveValueFilter(
  filter: Filter,
  path: ResolvedPath,
  schema: ResourceSchema,
  profile: FilterProfile,
): ResolvedFilter {
  return new Resolver(schema, profile, path).resolve(filter);
}

type Term = ComparisonFilter | PresenceFilter;

class Resolver {
  readonly #schema: ResourceSchema;
  readonly #profile: FilterProfile;
  /** The attribute that the brackets stand behind, or undefined outside of brackets. */
  readonly #outer: ResolvedPath | undefined;

  constructor(schema: ResourceSchema, profile: FilterProfile, outer: ResolvedPath | undefined) {
    this.#schema = schema;
    this.#profile = profile;
    this.#outer = outer;
  }

  resolve(filter: Filter): ResolvedFilter {
    switch (filter.kind) {
      case 'and':
      case 'or':
        return { kind: filter.kind, operands: filter.operands.map((operand) => this.resolve(operand)) };
      case 'not':
        return { kind: 'not', operand: this.resolve(filter.operand) };
      case 'value-path': {
        const path = this.#find(filter.path);
        if (path === undefined) return { kind: 'constant', value: false };
        return { kind: 'value-path', path, filter: this.#within(path, filter.filter) };
      }
      default:
        return this.#term(filter);
    }
  }

  #term(term: Term): ResolvedFilter {
    // `eq null` asks for absence; RFC 7643 s2.5: null and no value are the same.
    if (term.kind === 'comparison' && term.value === null) {
      const presence = this.#term({ ...term, kind: 'presence' });
      return term.operator === 'eq' ? { kind: 'not', operand: presence } : presence;
    }
    const path = this.#find(term.path);
    const selection = this.#selection(term);
    // RFC 7644 s3.4.2.1: an attribute that the resource type does not have is without a value.
    if (path === undefined || selection === null) {
      return { kind: 'constant', value: term.kind === 'comparison' && term.operator === 'ne' };
    }
    const subject = selection === undefined ? { path } : { path, selection };
    if (term.kind === 'presence' || term.value === null) return { kind: 'presence', ...subject };
    const compared = path.sub === undefined ? this.#withDefaultSub(path) : path;
    const operand = resolveOperand(compared.sub ?? compared.attribute, term.operator, term.value, this.#profile);
    return { kind: 'comparison', ...subject, path: compared, operator: term.operator, operand };
  }

  /** The filter in the brackets of a term, undefined where it has none, null where its attribute is unknown. */
  #selection(term: Term): ResolvedFilter | undefined | null {
    if (term.selection === undefined) return undefined;
    const attribute = this.#find({ ...term.path, sub: undefined });
    return attribute === undefined ? null : this.#within(attribute, term.selection);
  }

  #within(path: ResolvedPath, filter: Filter): ResolvedFilter {
    if (path.attribute.type !== 'complex' && !path.attribute.multiValued) {
      throw invalidFilter(`${path.attribute.name} has a single simple value; brackets cannot stand behind it.`);
    }
    return resolveValueFilter(filter, path, this.#schema, this.#profile);
  }

  #find(path: AttributePath): ResolvedPath | undefined {
    const found = this.#outer === undefined ? this.#schema.resolve(path) : this.#findWithin(this.#outer, path);
    if (found === undefined) {
      if (this.#profile.unknownFilterAttributes === 'absent') return undefined;
      throw invalidFilter(`${this.#schema.type.name} has no attribute ${printAttributePath(path)}.`);
    }
    refuseSensitive(found.attribute);
    if (found.sub !== undefined) refuseSensitive(found.sub);
    return found;
  }

  #findWithin({ extension, attribute }: ResolvedPath, path: AttributePath): ResolvedPath | undefined {
    if (path.urn !== undefined || path.sub !== undefined) return undefined;
    const sub = this.#schema.subAttribute(attribute, path.name);
    if (sub !== undefined) return { extension, attribute, sub };
    // The values of a simple attribute have one name for themselves. RFC 7643 s2.4.
    const itself = attribute.type !== 'complex' && foldName(path.name) === 'value';
    return itself ? { extension, attribute, sub: undefined } : undefined;
  }

  /** RFC 7644 s3.4.2.2: `emails co "x"` is about `emails.value`; Entra ID asks `manager eq "id"` likewise. */
  #withDefaultSub(path: ResolvedPath): ResolvedPath {
    const { attribute } = path;
    const sub = attribute.type === 'complex' ? this.#schema.subAttribute(attribute, 'value') : undefined;
    if (sub !== undefined) refuseSensitive(sub);
    return { ...path, sub };
  }
}

/** RFC 7644 s3.12 table 9, s7.5.2: who may filter by a secret can find it out, one character after the other. */
function refuseSensitive(attribute: Attribute): void {
  if (isFilterable(attribute)) return;
  throw new ScimError(400, 'sensitive', `${attribute.name} is never returned and cannot be filtered by.`);
}
