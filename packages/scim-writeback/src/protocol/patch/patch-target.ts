import { ScimError } from '../errors/scim-error.ts';
import type { Filter } from '../filter/filter.ts';
import { isAttributeName, readAttributePath } from '../filter/filter-path.ts';
import { parseBracketedFilter } from '../filter/parse-filter.ts';
import type { Profile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute, Schema } from '../schemas/schema.ts';
import type { Place } from './place.ts';

/** An attribute as a path selects it. */
export interface AttributeTarget extends Place {
  readonly kind: 'attribute';
  /** Which values of the attribute; all where undefined. */
  readonly filter: Filter | undefined;
  /** Which part of these values; the whole where undefined. */
  readonly sub: Attribute | undefined;
}

/** What the path of an operation names. `schema` is the core schema or an extension as a whole. */
export type PatchTarget = AttributeTarget | { readonly kind: 'schema'; readonly schema: Schema };

/** Longer ones name nothing; the longest filter fits in. */
const maxPathLength = 8192;

/**
 * What the text of a path names, or undefined where it is no name that the schemas have. RFC 7644 s3.5.2 figure 7:
 * `attribute`, `attribute.sub`, `attribute[filter]`, `attribute[filter].sub`, each with or without URN; and a URN alone.
 *
 * @throws ScimError 400 invalidPath where brackets stand in a wrong place, 400 invalidFilter where they hold no filter.
 */
export function readPatchTarget(
  text: string,
  schema: ResourceSchema,
  profile: Pick<Profile, 'unquotedFilterWords'>,
): PatchTarget | undefined {
  if (text.length > maxPathLength) throw invalidPath(`The path is longer than ${maxPathLength} characters.`);
  const bracket = text.indexOf('[');
  if (bracket < 0) return readPlainTarget(text, schema);
  const path = readAttributePath(text.slice(0, bracket));
  if (path === undefined || path.sub !== undefined) {
    throw invalidPath('A filter in a path follows an attribute, as in emails[type eq "work"].');
  }
  if (isIndex(text, bracket + 1)) {
    throw invalidPath('A path selects values with a filter, as in emails[type eq "work"]; there are no indexes.');
  }
  const { filter, end } = parseBracketedFilter(text, bracket + 1, profile);
  const sub = readSubName(text.slice(end));
  const found = schema.resolve({ ...path, sub });
  return found && { kind: 'attribute', ...found, filter };
}

/** The error for a path that names nothing. RFC 7644 s3.12 table 9. */
export function unknownPath(): ScimError {
  return invalidPath('The path names no attribute of this resource; /Schemas lists them.');
}

/** The error for a path that cannot be followed. RFC 7644 s3.12 table 9. */
export function invalidPath(detail: string): ScimError {
  return new ScimError(400, 'invalidPath', detail);
}

function readPlainTarget(text: string, schema: ResourceSchema): PatchTarget | undefined {
  // RFC 7644 s3.10: a URN alone stands for all attributes of its schema.
  const whole = schema.schema(text);
  if (whole !== undefined) return { kind: 'schema', schema: whole };
  const path = readAttributePath(text);
  const found = path && schema.resolve(path);
  return found && { kind: 'attribute', ...found, filter: undefined };
}

function readSubName(rest: string): string | undefined {
  if (rest === '') return undefined;
  const name = rest.slice(1);
  if (rest[0] === '.' && isAttributeName(name)) return name;
  throw invalidPath(
    'Behind the filter of a path stands one sub-attribute or nothing, as in emails[type eq "work"].value.',
  );
}

/** Whether the brackets hold a number, a negative one or `*` and `$` of other path languages. */
function isIndex(text: string, start: number): boolean {
  const end = text.indexOf(']', start);
  if (end <= start) return false;
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (!((code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2a || code === 0x24 || code === 0x20))
      return false;
  }
  return true;
}
