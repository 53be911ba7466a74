import type { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import { validateApplication } from './application/validate-application.ts';
import { type Diagnostic, DiagnosticList } from './diagnostics.ts';
import { hrisSchema } from './hris/wire-schema.ts';
import { identityProviderSchema } from './identity-provider/wire-schema.ts';
import { isObject, type JsonObject } from './json.ts';
import { byteLength, limits } from './limits.ts';
import { entityEnrichmentSchema, fileSystemSchema } from './other-templates.ts';
import { isStreaming, jsonChunks, type PayloadSource, type StreamingPayload } from './serialise.ts';
import { checkShape } from './shape.ts';
import { type Template, templates } from './templates.ts';

export interface ValidateOptions {
  /** The template of the payload; found from its root keys when left out. */
  readonly template?: Template | undefined;
}

/** Root keys by which a template is recognised. */
const recognisedBy: readonly (readonly [key: string, template: Template])[] = [
  ['applications', 'application'],
  ['identity_to_permissions', 'application'],
  ['idp_type', 'identity_provider'],
  ['domains', 'identity_provider'],
  ['hris_type', 'hris'],
  ['employees', 'hris'],
  ['enriched_entities', 'entity_enrichment'],
  ['file_system_type', 'file_system'],
];

/** What is known of the shape of the templates that are not checked further. */
const shapes: ReadonlyMap<Template, z.ZodType> = new Map<Template, z.ZodType>([
  ['identity_provider', identityProviderSchema],
  ['hris', hrisSchema],
  ['entity_enrichment', entityEnrichmentSchema],
  ['file_system', fileSystemSchema],
]);

/** The template that the payload's root keys belong to, or undefined. */
export function templateOf(payload: JsonObject): Template | undefined {
  return recognisedBy.find(([key]) => Object.hasOwn(payload, key))?.[1];
}

/** Writes the payload as a push would, counting its bytes. Returns whether it can be written. */
function checkText(list: DiagnosticList, payload: PayloadSource): boolean {
  let bytes = 0;
  try {
    for (const chunk of jsonChunks(payload)) bytes += byteLength(chunk);
  } catch (error) {
    if (error instanceof InputError) list.error('too-deep', '$', error.message, error.hint);
    else list.error('wrong-type', '$', `The payload cannot be written as JSON: ${String(error)}.`);
    return false;
  }
  if (bytes > limits.payloadBytes) {
    list.warning(
      'payload-too-large',
      '$',
      `The payload is ${bytes.toLocaleString('en')} bytes of JSON; the tenant takes ${limits.payloadBytes.toLocaleString('en')} in one push.`,
      'A push fits when it is small enough once compressed; it is measured before anything is sent.',
    );
  }
  return true;
}

/** The plain JSON value of a builder; undefined, with a diagnostic, when what it writes is not JSON. */
function plainValue(list: DiagnosticList, payload: StreamingPayload): unknown {
  if (typeof payload.toJSON === 'function') return payload.toJSON();
  try {
    return JSON.parse(Array.from(payload.jsonChunks()).join(''));
  } catch (error) {
    list.error('json-syntax', '$', `What the payload writes cannot be read as JSON: ${String(error)}.`);
    return undefined;
  }
}

/**
 * Checks any JSON value that claims to be a payload, or a builder, and returns every problem found. With no `error`
 * among them it may be pushed. Never throws for bad input; time and memory are linear in the payload.
 *
 * Where the tenant's reaction is not known, a reference that names nothing is an error, an identity that nobody knows a
 * warning (reference section 7, doubt 4).
 *
 * @example
 * const problems = validate(JSON.parse(text));
 * if (hasErrors(problems)) console.error(problems.map(formatDiagnostic).join('\n'));
 */
export function validate(payload: unknown, options: ValidateOptions = {}): Diagnostic[] {
  const list = new DiagnosticList();
  const value = isObject(payload) && isStreaming(payload) ? plainValue(list, payload) : payload;
  if (!isObject(value)) {
    if (list.items.length > 0) return list.items;
    list.error(
      'not-an-object',
      '$',
      'A payload is a JSON object.',
      'A payload of the application template begins like { "applications": [{ "name": ... }] }.',
    );
    return list.items;
  }
  if (!checkText(list, value)) return list.items;
  const template = options.template ?? templateOf(value);
  if (template === undefined) {
    const keys = Object.keys(value).slice(0, 10).join(', ') || 'none';
    list.error(
      'missing-key',
      '$.applications',
      `The root keys of the payload (${keys}) belong to no known template.`,
      `An application payload has "applications". For another template name it: ${templates.join(', ')}.`,
    );
    return list.items;
  }
  if (template === 'application') validateApplication(list, value);
  else {
    const shape = shapes.get(template);
    if (shape !== undefined) checkShape(list, shape, value, () => '$');
    list.warning(
      'not-validated',
      '$',
      `Payloads of the template "${template}" are checked only for their shape, as far as it is known.`,
      'The tenant checks the rest when it is pushed.',
    );
  }
  return list.items;
}
