import { splitAttributePath } from '../schemas/attribute-path.ts';
import type { Attribute, Schema } from '../schemas/schema.ts';
import { foldName } from '../text/fold-name.ts';
import { isForbiddenName, quote } from './names.ts';
import { describe } from './read-simple.ts';
import type { Reading } from './reading.ts';

/** What a body says of each attribute, found by schema. */
export interface Body {
  /** The value as it was sent; undefined where the body does not have the attribute. */
  get(attribute: Attribute, extension: Schema | undefined): unknown;
}

/**
 * Finds the attribute of each member of a body: names in any case (RFC 7643 s2.1), extensions as objects under their URN
 * (RFC 7643 s3.3) and as flat `urn:...:department`. The same attribute twice is a problem; values are not looked at.
 */
export function collectBody(input: Readonly<Record<string, unknown>>, reading: Reading): Body {
  const found = new Map<string, unknown>();
  collect(input, undefined, found, reading);
  return { get: (attribute, extension) => found.get(keyOf(attribute, extension)) };
}

interface Target {
  readonly attribute: Attribute;
  readonly extension: Schema | undefined;
}

function collect(
  input: Readonly<Record<string, unknown>>,
  within: Schema | undefined,
  found: Map<string, unknown>,
  reading: Reading,
): void {
  const { schema, problems } = reading;
  const seen = new Set<string>();
  for (const name of Object.keys(input)) {
    const value = input[name];
    const folded = foldName(name);
    if (seen.has(folded)) {
      problems.add('invalidSyntax', 'Two names of the body differ in case only; names do not depend on case.');
      continue;
    }
    seen.add(folded);
    const named = within === undefined ? schema.schema(name) : undefined;
    if (named !== undefined) collectSchema(value, named, found, reading);
    else addAttribute(name, value, find(name, within, reading), found, reading);
  }
}

function collectSchema(value: unknown, schema: Schema, found: Map<string, unknown>, reading: Reading): void {
  if (value === null) return;
  if (typeof value === 'object' && !Array.isArray(value)) {
    collect(value as Readonly<Record<string, unknown>>, schema, found, reading);
    return;
  }
  if (Array.isArray(value) && value.length === 0) return;
  reading.problems.add('invalidValue', `${schema.id} takes an object, not ${describe(value)}.`, schema.id);
}

function find(name: string, within: Schema | undefined, { schema }: Reading): Target | undefined {
  if (within !== undefined) {
    const extension = within === schema.type.schema ? undefined : within;
    const attribute = schema.attribute(name, extension);
    return attribute && { attribute, extension };
  }
  if (!name.includes(':')) {
    const attribute = schema.attribute(name);
    return attribute && { attribute, extension: undefined };
  }
  const resolved = schema.resolve(splitAttributePath(name));
  return resolved?.sub === undefined ? resolved : undefined;
}

function addAttribute(
  name: string,
  value: unknown,
  target: Target | undefined,
  found: Map<string, unknown>,
  { profile, problems }: Reading,
): void {
  if (target === undefined) {
    if (isForbiddenName(name)) problems.add('invalidSyntax', `No attribute may be called ${quote(name)}.`);
    else if (profile.unknownAttributes === 'reject') problems.add('invalidSyntax', `${quote(name)} is no attribute.`);
    return;
  }
  const key = keyOf(target.attribute, target.extension);
  if (found.has(key)) {
    problems.add('invalidSyntax', `${target.attribute.name} is given twice; names do not depend on case.`);
  } else found.set(key, value);
}

function keyOf(attribute: Attribute, extension: Schema | undefined): string {
  return extension === undefined ? attribute.name : `${extension.id}:${attribute.name}`;
}
