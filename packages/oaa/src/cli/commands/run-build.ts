import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { type ExitCode, exitCodes, InputError, UsageError } from '../../errors/index.ts';
import { type Diagnostic, hasErrors } from '../../payload/diagnostics.ts';
import type { JsonObject } from '../../payload/json.ts';
import { limits } from '../../payload/limits.ts';
import { validate } from '../../payload/validate.ts';
import { BadRowsError } from '../../sources/mapping/bad-rows-error.ts';
import { type StreamedPayload, streamPayload } from '../../sources/mapping/map-sources.ts';
import { type MappingDocument, readMapping } from '../../sources/mapping/read-mapping.ts';
import { rejectsPaths } from '../../sources/rejects.ts';
import type { CommandBody, CommandContext, OptionValues } from '../command.ts';
import { printableLine } from '../printable.ts';
import { progressLine } from '../progress.ts';
import { countProblems } from '../read-payload.ts';
import { writeWholeFile } from '../write-whole-file.ts';
import type { buildOptions } from './build.ts';
import { type BuildFiles, findBuildFiles, mappingFile } from './build-files.ts';
import { KeptText } from './kept-text.ts';
import { previewPayload } from './preview-payload.ts';
import { type Built, printBuilt, printPreview, printRefusal } from './print-build.ts';
import { removeRejects, type WrittenRejects, writeRejects } from './write-rejects.ts';

type Options = OptionValues<typeof buildOptions>;

/** The whole payload is validated up to this size, the largest that one push carries. */
const maximumCheckedLength = limits.payloadBytes;
/** No payload with so many entities is that small, so that its text need not be kept. */
const maximumCheckedEntities = 1_000_000;
/** Rows of each source that a preview reads, at least. */
const previewRows = 10_000;

function checkNumber(name: string, value: number | undefined, minimum: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= minimum)) return;
  throw new UsageError('usage', `--${name} is a whole number, not ${value}.`, { hint: `Give ${minimum} or more.` });
}

function checkOptions(options: Options, json: boolean): void {
  checkNumber('preview', options.preview, 1);
  checkNumber('max-bad-rows', options['max-bad-rows'], 1);
  if (options.preview !== undefined && options.out !== undefined) {
    throw new UsageError('usage', '--preview writes nothing, and --out names a file to write.', {
      hint: 'Leave one of them out.',
    });
  }
  if (json && options.out === undefined && options.preview === undefined) {
    throw new UsageError('usage', '--json prints a summary on stdout, where the payload would go, too.', {
      hint: 'Name a file for the payload: --out payload.json',
    });
  }
}

/** What the checks of the whole payload found; undefined for one that is too large for them. */
function checkWhole(text: KeptText): readonly Diagnostic[] | undefined {
  const { pieces } = text;
  return pieces === undefined ? undefined : validate(JSON.parse(pieces.join('')), { template: 'application' });
}

/** @throws {InputError} when the payload must not be written */
function refuseProblems(found: readonly Diagnostic[], options: Options): void {
  if (hasErrors(found)) {
    throw new InputError(
      'payload-invalid',
      `The rows give no valid payload (${countProblems(found)}). Nothing was written.`,
      { diagnostics: found, hint: 'Correct the rows or the mapping.' },
    );
  }
  if (options['fail-on-warnings'] !== true || found.length === 0) return;
  throw new InputError(
    'warnings-refused',
    `There are warnings (${countProblems(found)}), and --fail-on-warnings was given. Nothing was written.`,
    { diagnostics: found, hint: 'Correct what is listed, or leave out --fail-on-warnings.' },
  );
}

async function writeStdout({ document, signal }: CommandContext, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    signal.throwIfAborted();
    if (!document.write(piece)) await once(document, 'drain', { signal });
  }
  document.write('\n');
}

/** Writes the payload once it is known to be good. */
async function writePayload(
  context: CommandContext,
  options: Options,
  { out }: BuildFiles,
  built: StreamedPayload,
): Promise<Built> {
  const { payload, rows } = built;
  const { grants: _grants, ...entities } = built.counts();
  const isLarge = Object.values(entities).reduce((sum, count) => sum + count, 0) > maximumCheckedEntities;
  const text = new KeptText(isLarge ? 0 : maximumCheckedLength);
  let found: readonly Diagnostic[] | undefined;
  const check = () => {
    found = checkWhole(text);
    refuseProblems([...built.diagnostics, ...(found ?? [])], options);
  };
  let sizeBytes: number | undefined;
  if (out === undefined) {
    // Nothing may be on stdout before all of it is known to be good.
    for (const _piece of text.of(payload.jsonChunks())) if (text.pieces === undefined) break;
    check();
    await writeStdout(context, text.pieces ?? payload.jsonChunks());
  } else {
    const pieces = function* () {
      yield* text.of(payload.jsonChunks());
      yield '\n';
    };
    const flag = '--out';
    sizeBytes = await writeWholeFile(out, pieces(), {
      name: options.out ?? '',
      flag,
      signal: context.signal,
      beforeCommit: check,
    });
  }
  return {
    file: options.out,
    rows,
    counts: built.counts(),
    jsonLength: text.length,
    sizeBytes,
    validated: found !== undefined,
    diagnostics: [...built.diagnostics, ...(found ?? [])],
  };
}

async function read(
  context: CommandContext,
  options: Options,
  mapping: MappingDocument,
  { folder }: BuildFiles,
): Promise<StreamedPayload> {
  const progress = progressLine(context);
  const { preview } = options;
  try {
    return await streamPayload(mapping, {
      folder,
      maxBadRows: options['max-bad-rows'],
      maxRows: preview === undefined ? undefined : Math.max(preview, previewRows),
      signal: context.signal,
      onProgress: ({ file, rows }) =>
        progress.show(`Reading ${printableLine(file)}: ${rows.toLocaleString('en-US')} rows so far`),
    });
  } finally {
    progress.clear();
  }
}

/** What a refused build leaves to do: the rejects, and what is said. */
async function refuse(
  context: CommandContext,
  error: InputError,
  mapping: MappingDocument | undefined,
  files: BuildFiles | undefined,
): Promise<ExitCode> {
  let rejects: readonly WrittenRejects[] = [];
  if (error instanceof BadRowsError && mapping !== undefined && files !== undefined) {
    rejects = await writeRejects(context, files, mapping.mapping, error);
  }
  printRefusal(context, error, rejects);
  return error.exitCode;
}

/**
 * A build makes short-lived data at a high rate, and V8 would answer with a hundred megabytes more of room for it, which
 * make nothing faster. The process is the command's own.
 */
function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Builds a payload of the sources of a mapping; with errors nothing is written but the rejects. */
export const runBuild: CommandBody<typeof buildOptions> = async (context, { options }): Promise<ExitCode> => {
  checkOptions(options, context.json);
  keepYoungGenerationSmall();
  let mapping: MappingDocument | undefined;
  let files: BuildFiles | undefined;
  let built: StreamedPayload | undefined;
  try {
    mapping = await readMapping(mappingFile(context.cwd, options.mapping), printableLine(options.mapping));
    const rejects = options.rejects === undefined ? new Map() : rejectsPaths(mapping.mapping, options.rejects);
    files = await findBuildFiles(context, options, mapping.mapping, rejects);
    built = await read(context, options, mapping, files);
    if (options.preview !== undefined) {
      const payload = JSON.parse([...built.payload.jsonChunks()].join('')) as JsonObject;
      printPreview(context, previewPayload(payload, options.preview), built, options.preview);
      return exitCodes.done;
    }
    const result = await writePayload(context, options, files, built);
    await removeRejects(files);
    printBuilt(context, result, mapping.mapping);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return await refuse(context, error, mapping, files);
  } finally {
    built?.close();
  }
};
