import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { InputError } from '../../errors/index.ts';
import type { WireApplicationPayload } from '../../payload/application/wire.ts';
import { type Diagnostic, formatPosition, hasErrors } from '../../payload/diagnostics.ts';
import { jsonChunks, type PayloadSource } from '../../payload/serialise.ts';
import { validate } from '../../payload/validate.ts';
import { buildPayload, type StreamOptions, streamPayload } from './map-sources.ts';
import { parseMapping } from './read-mapping.ts';

/** What a mapping makes of files: a payload, or the error that refuses them. */
export interface Outcome {
  /** The document; undefined when it was refused. */
  readonly wire: WireApplicationPayload | undefined;
  readonly rows: number;
  readonly error: InputError | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** `file:row:column severity? message` of each diagnostic. */
  readonly said: readonly string[];
}

type Engine = (
  mapping: ReturnType<typeof parseMapping>,
  options: StreamOptions,
) => Promise<{ payload: PayloadSource; diagnostics: readonly Diagnostic[]; rows: number; close?(): void }>;

function saying({ source, severity, message }: Diagnostic): string {
  const where = source === undefined ? '' : `${formatPosition(source)} `;
  return `${where}${severity === 'warning' ? 'warning: ' : ''}${message}`;
}

async function outcomeOf(engine: Engine, text: string, folder: string, options: StreamOptions): Promise<Outcome> {
  try {
    const { payload, diagnostics, rows, close } = await engine(parseMapping(text, 'mapping.yaml'), {
      folder,
      ...options,
    });
    try {
      const wire = JSON.parse(Array.from(jsonChunks(payload)).join('')) as WireApplicationPayload;
      return { wire, rows, error: undefined, diagnostics, said: diagnostics.map(saying) };
    } finally {
      close?.();
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { diagnostics } = error;
    return { wire: undefined, rows: 0, error, diagnostics, said: diagnostics.map(saying) };
  }
}

/**
 * Runs a mapping (YAML) over files with both engines, which must agree, and checks that what they give is valid. The
 * streaming engine keeps nothing in memory.
 */
export async function runBoth(
  mapping: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  options: StreamOptions = {},
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-mapping-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const built = await outcomeOf(buildPayload, mapping, folder, options);
    const streamed = await outcomeOf(streamPayload, mapping, folder, { memoryBytes: 0, ...options });
    expect(streamed.wire).toEqual(built.wire);
    expect(streamed.diagnostics).toEqual(built.diagnostics);
    expect(streamed.error?.message).toBe(built.error?.message);
    const found = built.wire === undefined ? [] : validate(built.wire);
    if (hasErrors(found)) throw new Error(`the payload is not valid: ${JSON.stringify(found.slice(0, 3))}`);
    return built;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A mapping of `rows.csv` with these items (`user: ...` or several in braces); `head` is put before its sources. */
export function mappingOf(items: string, head = ''): string {
  return `application: { name: Shop, type: Shop }\n${head}\nsources:\n  - file: rows.csv\n    map: [${items}]\n`;
}

/** What items make of `rows.csv`. */
export function mapRows(items: string, csv: string, head = ''): Promise<Outcome> {
  return runBoth(mappingOf(items, head), { 'rows.csv': csv });
}

/** The one application that items make of `rows.csv`. */
export async function mapApplication(items: string, csv: string, head = '') {
  const { wire, said } = await mapRows(items, csv, head);
  const [application] = wire?.applications ?? [];
  if (wire === undefined || application === undefined) throw new Error(`refused: ${said.join('\n')}`);
  return { ...application, permissions: wire.permissions, grants: wire.identity_to_permissions, said };
}
