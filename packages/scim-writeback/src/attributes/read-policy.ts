import { type Diagnostic, didYouMean, InputError, joinPath } from '@oaa-kit/oaa';
import { ScimError } from '../protocol/errors/scim-error.ts';
import { standardProfile } from '../protocol/profile.ts';
import { resourceBounds } from '../protocol/resource/bounds.ts';
import { quote } from '../protocol/resource/names.ts';
import { normaliseValue } from '../protocol/resource/normalise-value.ts';
import { splitAttributePath } from '../protocol/schemas/attribute-path.ts';
import type { ResolvedPath, ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import type { ScimValue } from '../protocol/schemas/scim-value.ts';
import { policyAttributes } from './policy-attributes.ts';
import { policyInput } from './policy-input.ts';

/**
 * What a policy of the tenant gives for one user: by the names of `policyAttributes`, or for an attribute of an extension
 * by its path, `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`. Several values are a list, a JSON
 * text of one, or a single value. Undefined is not synchronised; null, an empty text or list unassigns.
 */
export type PolicyValues = Readonly<Record<string, unknown>>;

/** A value for an attribute; undefined unassigns it. */
export interface PolicyChange {
  readonly place: ResolvedPath;
  /** Spelt as in the schema. */
  readonly path: string;
  readonly value: ScimValue | undefined;
}

const knownNames: readonly string[] = policyAttributes.map(({ name }) => name);
const unknownHint = `Known are ${knownNames.join(', ')}, and attributes of extensions by URN.`;

/**
 * Reads what a policy gives, in the order of `policyAttributes`, then extensions as they come.
 *
 * @throws InputError `input-invalid` with a diagnostic for every name that is no attribute that the tenant can set, and
 * every value that its attribute cannot have.
 */
export function readPolicy(values: PolicyValues, schema: ResourceSchema): readonly PolicyChange[] {
  const problems: Diagnostic[] = [];
  const changes = new Map<string, PolicyChange>();
  for (const name of inTableOrder(Object.keys(values))) {
    const found = findAttribute(name, schema);
    if (values[name] === undefined) continue;
    if (found === undefined) {
      problems.push({
        severity: 'error',
        code: 'unknown-key',
        path: joinPath('$', name),
        message: `${quote(name)} is no attribute that a policy can set.${didYouMean(name, knownNames)}`,
      });
      continue;
    }
    const change = readChange(found, name, values[name], schema, problems);
    if (change === undefined) continue;
    if (clashes(change, changes)) {
      const message = `${quote(name)} sets what another attribute sets as well; names do not depend on case.`;
      problems.push({ severity: 'error', code: 'duplicate-key', path: joinPath('$', name), message });
    } else changes.set(change.path, change);
  }
  if (problems.length === 0) return [...changes.values()];
  const list = problems.map(({ message }) => `\n  ${message}`).join('');
  throw new InputError('input-invalid', `Attributes of the policy cannot be sent:${list}`, {
    hint: problems.some(({ code }) => code === 'unknown-key') ? unknownHint : undefined,
    diagnostics: problems,
  });
}

function inTableOrder(names: readonly string[]): readonly string[] {
  const given = new Set(names);
  const known = knownNames.filter((name) => given.has(name));
  const rest = names.filter((name) => !known.includes(name));
  return [...known, ...rest];
}

/** An attribute that may be written, by its name in policies or by the URN of an extension. */
function findAttribute(name: string, schema: ResourceSchema): Omit<PolicyChange, 'value'> | undefined {
  const known = policyAttributes.find((one) => one.name === name);
  const place = schema.resolve(splitAttributePath(known?.path ?? name));
  if (place === undefined) return undefined;
  if (known !== undefined) return { place, path: known.path };
  const { extension, attribute, sub } = place;
  // By its name alone an attribute could be one of the core schema that no policy sets, such as active or password.
  if (extension === undefined || !name.includes(':')) return undefined;
  if ((sub ?? attribute).mutability === 'readOnly' || (sub !== undefined && attribute.multiValued)) return undefined;
  const path = `${extension.id}:${attribute.name}`;
  return { place, path: sub === undefined ? path : `${path}.${sub.name}` };
}

function readChange(
  found: Omit<PolicyChange, 'value'>,
  name: string,
  given: unknown,
  schema: ResourceSchema,
  problems: Diagnostic[],
): PolicyChange | undefined {
  const attribute = found.place.sub ?? found.place.attribute;
  const refuse = (code: Diagnostic['code'], message: string) => {
    problems.push({ severity: 'error', code, path: joinPath('$', name), message });
    return undefined;
  };
  if (typeof given === 'string' && given.length > resourceBounds.textLength) {
    return refuse('too-long', `${quote(name)} has more than ${resourceBounds.textLength} characters.`);
  }
  try {
    const input = policyInput(given, attribute);
    const value = normaliseValue(input, attribute, quote(name), schema, profile);
    const isBlank = value === undefined || (typeof value === 'string' && value.trim() === '');
    if (isBlank && attribute.required)
      return refuse('empty-value', `${quote(name)} is required and must not be empty.`);
    return { ...found, value: value === '' ? undefined : value };
  } catch (error) {
    if (error instanceof SyntaxError)
      return refuse('json-syntax', `${quote(name)} is no JSON: write it as a JSON list.`);
    if (error instanceof ScimError) return refuse('bad-value', error.detail);
    throw error;
  }
}

/** A part that nobody knows would be lost on the way; two primaries are one mistake that a server would refuse. */
const profile = { ...standardProfile, unknownAttributes: 'reject' } as const;

function clashes({ place, path }: PolicyChange, changes: ReadonlyMap<string, PolicyChange>): boolean {
  if (changes.has(path)) return true;
  const { attribute, sub } = place;
  const others = [...changes.values()].filter((one) => one.place.attribute === attribute);
  return others.some((one) => sub === undefined || one.place.sub === undefined);
}
