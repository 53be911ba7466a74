import { foldName } from '../text/fold-name.ts';
import { attribute } from './define-attribute.ts';
import type { Attribute } from './schema.ts';

/** Takes a problem. */
export type Report = (path: string, message: string) => void;

const words = {
  type: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary', 'complex'],
  mutability: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  returned: ['always', 'never', 'default', 'request'],
  uniqueness: ['none', 'server', 'global'],
} as const;

const flags = ['multiValued', 'required', 'caseExact'] as const;
const lists = ['canonicalValues', 'referenceTypes'] as const;
const known: ReadonlySet<string> = new Set([
  'name',
  'description',
  'subAttributes',
  ...Object.keys(words),
  ...flags,
  ...lists,
]);

/** RFC 7643 s2.1: ATTRNAME. `$ref` is the one name with a dollar sign. */
const nameForm = /^(?:[A-Za-z][A-Za-z0-9_-]*|[$]ref)$/;
const longestName = 128;
const mostAttributes = 500;

/** Names that resources have already (RFC 7643 s3, s3.1), and ones that reach what all objects share. */
const reserved: ReadonlySet<string> = new Set(['schemas', 'id', 'externalid', 'meta', 'constructor', 'prototype']);

/** Reads a list of attributes of a schema, or with `within` of sub-attributes; reports all that is wrong. */
export function readAttributes(input: unknown, path: string, within: boolean, report: Report): readonly Attribute[] {
  if (!Array.isArray(input) || input.length === 0 || input.length > mostAttributes) {
    report(path, `has to be a list of 1 to ${mostAttributes} attributes.`);
    return [];
  }
  const names = new Set<string>();
  return input.flatMap((one: unknown, index): Attribute[] => {
    const at = `${path}[${index}]`;
    if (typeof one !== 'object' || one === null || Array.isArray(one)) {
      report(at, 'has to be an object.');
      return [];
    }
    const read = readAttribute(one as Readonly<Record<string, unknown>>, at, within, report);
    const folded = foldName(read.name);
    // RFC 7643 s2.1: names do not depend on case.
    if (names.has(folded)) report(`${at}.name`, `is ${JSON.stringify(read.name)} a second time; case does not count.`);
    names.add(folded);
    return [read];
  });
}

function readAttribute(
  input: Readonly<Record<string, unknown>>,
  path: string,
  within: boolean,
  report: Report,
): Attribute {
  const found: Record<string, unknown> = { name: '', description: '' };
  const take = (key: string, fits: (value: unknown) => boolean, expected: string) => {
    const value = Object.hasOwn(input, key) ? input[key] : undefined;
    if (value === undefined || value === null) return;
    if (fits(value)) found[key] = value;
    else report(`${path}.${key}`, `has to be ${expected}.`);
  };
  take('name', isText, 'a string');
  take('description', isText, 'a string');
  for (const key of flags) take(key, (value) => typeof value === 'boolean', 'true or false');
  for (const key of lists) take(key, isTexts, 'a list of strings');
  for (const [key, allowed] of Object.entries(words)) {
    take(key, (value) => (allowed as readonly unknown[]).includes(value), `one of ${allowed.join(', ')}`);
  }
  for (const key of Object.keys(input).filter((one) => !known.has(one))) {
    report(`${path}.${key}`, 'is no characteristic of an attribute.');
  }
  const read = attribute(found as { name: string; description: string });
  checkName(read.name, within, `${path}.name`, report);
  const subAttributes = Object.hasOwn(input, 'subAttributes') ? input.subAttributes : undefined;
  return {
    ...withConsequences(read, found, within, path, report),
    ...readSubs(subAttributes, read, within, path, report),
  };
}

function checkName(name: string, within: boolean, path: string, report: Report): void {
  if (!nameForm.test(name) || name.length > longestName || (name === '$ref' && !within)) {
    report(path, 'has to be a letter, then letters, digits, hyphens and underscores.');
  } else if (reserved.has(foldName(name)) && !(within && foldName(name) === 'id')) {
    report(path, `is ${JSON.stringify(name)}, which is taken.`);
  }
}

function withConsequences(
  read: Attribute,
  stated: Readonly<Record<string, unknown>>,
  within: boolean,
  path: string,
  report: Report,
): Attribute {
  if (within && read.multiValued) report(`${path}.multiValued`, 'has to be false for a sub-attribute.');
  if (read.uniqueness !== 'none' && (within || read.multiValued || read.type === 'complex')) {
    report(`${path}.uniqueness`, 'has to be none but for single-valued simple attributes.');
  }
  if (read.mutability !== 'writeOnly') return read;
  // RFC 7643 s7: what is only written is never returned.
  if (stated.returned !== undefined && read.returned !== 'never') report(`${path}.returned`, 'has to be never.');
  return { ...read, returned: 'never' };
}

function readSubs(
  input: unknown,
  { type }: Attribute,
  within: boolean,
  path: string,
  report: Report,
): { readonly subAttributes?: readonly Attribute[] } {
  const given = input !== undefined && input !== null && !(Array.isArray(input) && input.length === 0);
  if (type !== 'complex') {
    if (given) report(`${path}.subAttributes`, 'may only be there for a complex attribute.');
    return {};
  }
  // RFC 7643 s2.3.8: no complex attribute within another.
  if (within) {
    report(`${path}.type`, 'has to be another than complex for a sub-attribute.');
    return {};
  }
  return { subAttributes: readAttributes(input, `${path}.subAttributes`, true, report) };
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
