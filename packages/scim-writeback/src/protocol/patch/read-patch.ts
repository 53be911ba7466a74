import { ScimError } from '../errors/scim-error.ts';
import { foldName } from '../text/fold-name.ts';
import { countValues } from './count-values.ts';
import { type PatchLimits, patchLimits } from './patch-limits.ts';

/** The schema URI of a PATCH body. RFC 7644 s3.5.2. */
export const patchOpUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One operation of a PATCH body, as it was sent: nothing is looked up in a schema yet. RFC 7644 s3.5.2. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | undefined;
  /** Undefined where none was sent; null is "unassigned" (RFC 7643 s2.5). */
  readonly value: unknown;
}

/**
 * Takes the operations out of a parsed PATCH body. Names and `op` may be spelt in any case, since Entra ID sends
 * `Replace`; members that the RFC does not know are left out.
 *
 * @throws ScimError 400 invalidSyntax for another form than RFC 7644 s3.5.2 gives, 400 invalidPath for a path that is no
 * string, 413 for more operations or values than `limits` allow.
 * @example readPatch({ schemas: [patchOpUrn], Operations: [{ op: 'replace', path: 'active', value: false }] })
 */
export function readPatch(body: unknown, limits: PatchLimits = patchLimits): readonly PatchOperation[] {
  const message = readMembers(body, ['schemas', 'operations'], 'The body of a PATCH');
  const schemas = message.get('schemas');
  if (!Array.isArray(schemas) || !schemas.some(isPatchOpUrn)) {
    throw invalidSyntax(`"schemas" of a PATCH has to hold "${patchOpUrn}".`);
  }
  const operations = message.get('operations');
  if (!Array.isArray(operations) || operations.length === 0) {
    throw invalidSyntax('"Operations" of a PATCH has to be a list of at least one operation.');
  }
  if (operations.length > limits.maxOperations) {
    throw new ScimError(
      413,
      undefined,
      `A PATCH may have ${limits.maxOperations} operations at most; send it in several requests.`,
    );
  }
  countValues(operations, limits.maxValues);
  return operations.map(readOperation);
}

function readOperation(operation: unknown): PatchOperation {
  const members = readMembers(operation, ['op', 'path', 'value'], 'An operation of a PATCH');
  const op = members.get('op');
  // RFC 7644 s3.5.2: "op" is one of three.
  const name = typeof op === 'string' ? foldName(op) : undefined;
  if (name !== 'add' && name !== 'replace' && name !== 'remove') {
    throw invalidSyntax('"op" of an operation has to be "add", "replace" or "remove".');
  }
  // RFC 7643 s2.5: null and absent are the same.
  const path = members.get('path') ?? undefined;
  if (path !== undefined && typeof path !== 'string') {
    throw new ScimError(400, 'invalidPath', '"path" of an operation has to be a string.');
  }
  return { op: name, path, value: members.get('value') };
}

/** The named own members of an object, by their name in lower case. */
function readMembers(value: unknown, names: readonly string[], what: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidSyntax(`${what} has to be a JSON object.`);
  }
  const members = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    const name = foldName(key);
    if (!names.includes(name)) continue;
    // Two spellings of one name could show one value to a check and another to the one who acts on it.
    if (members.has(name)) throw invalidSyntax(`${what} has "${name}" twice, in different spellings.`);
    members.set(name, member);
  }
  return members;
}

function isPatchOpUrn(value: unknown): boolean {
  return typeof value === 'string' && foldName(value) === foldName(patchOpUrn);
}

function invalidSyntax(detail: string): ScimError {
  return new ScimError(400, 'invalidSyntax', detail);
}
