import { ScimError } from '../errors/scim-error.ts';
import { isForbiddenName, quote } from '../resource/names.ts';
import { splitAttributePath } from '../schemas/attribute-path.ts';
import type { Schema } from '../schemas/schema.ts';
import { foldName } from '../text/fold-name.ts';
import { type PatchTarget, readPatchTarget } from './patch-target.ts';
import type { Patching } from './patching.ts';
import { removeExtension } from './remove-extension.ts';
import { writeAttribute } from './write-attribute.ts';

/**
 * Applies an `add` or `replace` whose value is an object of attributes: one without a path, or one whose path is the URN of
 * a schema. Each name is read as a path of its own (Entra ID and Okta send `name.givenName` and
 * `urn:...:User:department`); what a client cannot write is passed over, as in bodies of POST and PUT (RFC 7644 s3.3).
 *
 * @param extension the extension whose attributes the names are; undefined for those of the resource.
 * @throws ScimError 400 invalidValue where the value is no object, 400 invalidSyntax for a name given twice.
 */
export function writeObject(
  op: 'add' | 'replace',
  input: unknown,
  extension: Schema | undefined,
  patching: Patching,
): void {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ScimError(
      400,
      'invalidValue',
      'Without the path of an attribute, the value has to be an object of attributes.',
    );
  }
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(input)) {
    patching.work.readName();
    const folded = foldName(name);
    if (seen.has(folded)) {
      throw new ScimError(
        400,
        'invalidSyntax',
        'Two names of the value differ in case only; names do not depend on case.',
      );
    }
    seen.add(folded);
    writeNamed(op, name, value, extension, patching);
  }
}

function writeNamed(
  op: 'add' | 'replace',
  name: string,
  value: unknown,
  extension: Schema | undefined,
  patching: Patching,
): void {
  const { schema, profile } = patching;
  const target =
    extension === undefined ? readPatchTarget(name, schema, profile) : readWithin(extension, name, patching);
  if (target === undefined) passUnknown(name, patching);
  else if (target.kind === 'attribute') {
    const { attribute, sub } = target;
    const isOurs = attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly';
    // RFC 7643 s3: `schemas` follows from the data.
    const isSchemas = target.extension === undefined && attribute.name === 'schemas';
    if (!isOurs && !isSchemas) writeAttribute(op, target, value, patching);
  } else if (target.schema === schema.type.schema) writeCore(op, value, patching);
  else writeExtension(op, target.schema, value, patching);
}

/** Writes an extension as a whole: its attributes are merged; null takes it away. */
export function writeExtension(op: 'add' | 'replace', extension: Schema, value: unknown, patching: Patching): void {
  if (value === null) removeExtension(extension, patching);
  else writeObject(op, value, extension, patching);
}

/** The core schema's URN stands for the resource; within it, it cannot stand again. */
function writeCore(op: 'add' | 'replace', value: unknown, patching: Patching): void {
  const urn = foldName(patching.schema.type.schema.id);
  if (typeof value === 'object' && value !== null && Object.keys(value).some((name) => foldName(name) === urn)) {
    throw new ScimError(400, 'invalidValue', 'The URN of a schema cannot stand within itself.');
  }
  writeObject(op, value, undefined, patching);
}

function readWithin(extension: Schema, name: string, { schema, profile }: Patching): PatchTarget | undefined {
  // A name that brings its own URN is not of this extension, unless it says so itself.
  const text = splitAttributePath(name.split('[')[0] ?? '').urn === undefined ? `${extension.id}:${name}` : name;
  const target = readPatchTarget(text, schema, profile);
  return target?.kind === 'attribute' && target.extension === extension ? target : undefined;
}

function passUnknown(name: string, { profile }: Patching): void {
  const forbidden = name.split(/[.:[]/).find(isForbiddenName);
  if (forbidden !== undefined) {
    throw new ScimError(400, 'invalidSyntax', `No attribute may be called ${quote(forbidden)}.`);
  }
  if (profile.unknownAttributes === 'reject') {
    throw new ScimError(
      400,
      'invalidSyntax',
      'The value has an attribute that this resource does not have; /Schemas lists them.',
    );
  }
}
