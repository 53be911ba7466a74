import { setImmediate } from 'node:timers/promises';
import { type Diagnostic, InputError } from '@oaa-kit/oaa';
import { scanJson } from '@oaa-kit/oaa/settings';

/** A resource in a resource costs two levels. */
const mostDepth = 256;

const openArray = 0x5b;
const openObject = 0x7b;
const closeArray = 0x5d;
const closeObject = 0x7d;
const quote = 0x22;
const backslash = 0x5c;

/**
 * The values of a payload's text. Names that stand twice in one object are refused as they are in a file: of two lists of
 * users one would be lost, and everybody in it deleted.
 *
 * Each look at a large payload takes a good part of a second: requests have their turn in between.
 *
 * @throws InputError `json-invalid` with every problem
 */
export async function parsePayload(text: string): Promise<unknown> {
  if (isTooDeep(text)) {
    throw new InputError('json-invalid', `The body is nested deeper than ${mostDepth} levels, which no payload is.`);
  }
  await setImmediate();
  const problems = scanJson(text);
  await setImmediate();
  if (problems.length === 0) return JSON.parse(text);
  const diagnostics = problems.map(
    ({ kind, message, offset }): Diagnostic => ({
      severity: 'error',
      code: kind === 'syntax' ? 'json-syntax' : 'duplicate-key',
      path: '$',
      message: `character ${offset + 1}: ${message}`,
    }),
  );
  const isSyntax = problems.some(({ kind }) => kind === 'syntax');
  throw new InputError('json-invalid', isSyntax ? 'The body is not JSON.' : 'The body is not clear JSON.', {
    diagnostics,
    hint: isSyntax ? undefined : 'Readers keep only one of the values: remove or rename the other.',
  });
}

/** Memory of the readers behind this grows with the depth. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openArray || code === openObject) {
      depth += 1;
      if (depth > mostDepth) return true;
    } else if (code === closeArray || code === closeObject) depth -= 1;
  }
  return false;
}

/** The place of the closing quote; that of the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}
