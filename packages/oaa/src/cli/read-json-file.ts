import { constants, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError, UsageError } from '../errors/index.ts';
import { type Diagnostic, formatPosition } from '../payload/diagnostics.ts';
import { type JsonProblem, scanJson } from '../settings/scan-json.ts';
import type { CommandContext } from './command.ts';
import { formatBytes } from './output.ts';
import { printableLine } from './printable.ts';
import { excerptAt, positionsAt } from './text-position.ts';

/** How messages call the file: its name as it was given, or `(stdin)`. */
function displayName(name: string): string {
  return name === '-' ? '(stdin)' : printableLine(name);
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function unreadable(name: string, error: unknown): UsageError {
  const code = systemCode(error);
  const reasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
    ENOENT: ['there is no such file', 'Check the path; it is relative to the current folder.'],
    ENOTDIR: ['a part of the path is not a folder', 'Check the path; it is relative to the current folder.'],
    EISDIR: ['it is a folder', 'Name the JSON file inside it.'],
    EACCES: [
      'the permission to read it is missing',
      'Change the permissions of the file, or run as a user who may read it.',
    ],
    EPERM: [
      'the permission to read it is missing',
      'Change the permissions of the file, or run as a user who may read it.',
    ],
  };
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  const [reason, hint] = known ?? [`the system says ${code || String(error)}`, 'Check the path and the disk.'];
  return new UsageError('file-unreadable', `Cannot read ${displayName(name)}: ${reason}.`, { hint, cause: error });
}

function tooLarge(name: string, limit: number): InputError {
  return new InputError(
    'payload-too-large',
    `${displayName(name)} is larger than ${formatBytes(limit)}, the longest text that Node.js can hold.`,
    {
      hint: 'A tenant takes at most 100 MB in one push: split the application into several data sources.',
    },
  );
}

async function readBytes(context: CommandContext, name: string, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let source: AsyncIterable<string | Buffer> = context.stdin as AsyncIterable<string | Buffer>;
  if (name !== '-') {
    const path = resolve(context.cwd, name);
    try {
      const found = await stat(path);
      if (found.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
      if (found.size > limit) throw tooLarge(name, limit);
    } catch (error) {
      throw error instanceof InputError ? error : unreadable(name, error);
    }
    source = createReadStream(path, { signal: context.signal, highWaterMark: 1024 * 1024 });
  }
  try {
    for await (const chunk of source) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      size += bytes.length;
      if (size > limit) throw tooLarge(name, limit);
      chunks.push(bytes);
    }
  } catch (error) {
    context.signal.throwIfAborted();
    throw error instanceof InputError ? error : unreadable(name, error);
  }
  return Buffer.concat(chunks);
}

/** The text without a byte order mark (RFC 8259 section 8.1 allows to ignore it). */
function decode(name: string, bytes: Buffer): string {
  const utf16 =
    bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  if (utf16 || !isUtf8(bytes)) {
    const encoding = utf16 ? 'UTF-16' : 'not UTF-8';
    throw new InputError(
      'json-invalid',
      `${displayName(name)} is ${encoding} text; JSON is UTF-8 (RFC 8259 section 8.1).`,
      {
        hint: 'Save the file as UTF-8. In Windows PowerShell: Out-File -Encoding utf8.',
      },
    );
  }
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const correctHint = 'Correct the file at this place.';
const duplicateHint = 'Readers keep only one of the values: remove or rename the other.';

/** The error for a text with problems: the first in its message, all of them as diagnostics when there are several. */
function refuse(name: string, text: string, problems: readonly JsonProblem[]): InputError {
  const offsets = problems.map(({ offset }) => offset);
  const positions = positionsAt(text, offsets);
  const diagnostics = problems.map(({ kind, message }, index): Diagnostic => {
    const source = { file: displayName(name), ...positions[index] };
    const hint = kind === 'syntax' ? correctHint : duplicateHint;
    return {
      severity: 'error',
      code: kind === 'syntax' ? 'json-syntax' : 'duplicate-key',
      path: '$',
      message,
      hint,
      source,
    };
  });
  const [first] = diagnostics;
  const verdict = first?.code === 'json-syntax' ? 'not JSON' : 'not clear JSON';
  const place = first?.source === undefined ? displayName(name) : formatPosition(first.source);
  return new InputError(
    'json-invalid',
    `${place}: ${verdict}: ${first?.message}.\n${excerptAt(text, offsets[0] ?? 0)}`,
    {
      hint: first?.hint,
      diagnostics,
    },
  );
}

/** The document of JSON text that was read from `name`. */
function parseJsonText(name: string, text: string): unknown {
  if (text.trim() === '') {
    throw new InputError('json-invalid', `${displayName(name)} is empty; a JSON document is expected.`, {
      hint: name === '-' ? 'Pipe a payload into the command.' : 'Check what writes the file: did it fail?',
    });
  }
  const problems = scanJson(text);
  if (problems.length > 0) throw refuse(name, text, problems);
  return JSON.parse(text);
}

/**
 * Reads a JSON document from a file, or from stdin when `name` is `-`.
 *
 * @param limitBytes for tests; otherwise the longest string of the JavaScript engine.
 * @throws {UsageError} `file-unreadable`: missing, a folder, no permission.
 * @throws {InputError} `json-invalid` with file:line:column, `payload-too-large`.
 */
export async function readJsonFile(
  context: CommandContext,
  name: string,
  limitBytes: number = constants.MAX_STRING_LENGTH,
): Promise<unknown> {
  return parseJsonText(name, decode(name, await readBytes(context, name, limitBytes)));
}
