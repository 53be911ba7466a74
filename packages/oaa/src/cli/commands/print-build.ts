import type { InputError } from '../../errors/index.ts';
import type { Diagnostic } from '../../payload/diagnostics.ts';
import type { JsonObject } from '../../payload/json.ts';
import { BadRowsError } from '../../sources/mapping/bad-rows-error.ts';
import type { StreamedPayload } from '../../sources/mapping/map-sources.ts';
import type { Mapping } from '../../sources/mapping/mapping-schema.ts';
import type { CommandContext } from '../command.ts';
import { errorDocument } from '../error-document.ts';
import { counted, formatBytes, printJson, printLine, printNote, styled } from '../output.ts';
import { formatCounts } from '../payload-counts.ts';
import { printSourceProblems } from '../print-source-problems.ts';
import { printable, printableLine } from '../printable.ts';
import { readableJson } from '../readable-json.ts';
import type { WrittenRejects } from './write-rejects.ts';

/** A payload that was written. */
export interface Built {
  /** As it was named; undefined for stdout. */
  readonly file: string | undefined;
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Characters of JSON. */
  readonly jsonLength: number;
  /** Of the file; undefined for stdout. */
  readonly sizeBytes: number | undefined;
  /** Whether the payload was validated as a whole. */
  readonly validated: boolean;
  /** Warnings of rows and of the validation. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `64 rows of 2 files` */
function describeRows(rows: number, mapping: Mapping): string {
  const files = new Set(mapping.sources.map(({ file }) => file)).size;
  return `${counted(rows, 'row')} of ${counted(files, 'file')}`;
}

/** Says what was built: on stdout, or on stderr where the payload itself is on stdout. */
export function printBuilt(context: CommandContext, built: Built, mapping: Mapping): void {
  const { file, rows, counts, jsonLength, sizeBytes, validated, diagnostics } = built;
  if (context.json) {
    const facts = { rows, counts, jsonLength, ...(sizeBytes === undefined ? {} : { sizeBytes }), validated };
    printJson(context, { built: true, file, ...facts, warnings: diagnostics.length, diagnostics });
    return;
  }
  printSourceProblems(context, diagnostics);
  const toStdout = file === undefined;
  if (toStdout && context.quiet) return;
  const print = toStdout ? printNote : printLine;
  const name = toStdout ? 'the payload' : printableLine(file);
  const stream = toStdout ? context.stderr : context.stdout;
  print(context, `${styled(context, stream, 'green', `Built ${name}`)}: ${formatCounts(counts)}.`);
  print(context, `  read     ${describeRows(rows, mapping)}`);
  if (sizeBytes !== undefined && sizeBytes > 0) print(context, `  size     ${formatBytes(sizeBytes)}`);
  print(
    context,
    validated
      ? `  checked  valid, ${counted(diagnostics.length, 'warning')}`
      : `  checked  each row (${counted(diagnostics.length, 'warning')}), but not the payload as a whole: it is larger than a push carries at once; oaa validate does it`,
  );
}

/** Prints the first entities of each kind. */
export function printPreview(
  context: CommandContext,
  preview: JsonObject,
  { rows, partial, diagnostics, counts }: StreamedPayload,
  count: number,
): void {
  if (context.json) {
    printJson(context, { built: false, preview, rows, partial, counts: counts(), diagnostics });
    return;
  }
  printLine(context, readableJson(preview, context.stdout.columns ?? 100));
  printSourceProblems(context, diagnostics);
  if (context.quiet) return;
  printNote(
    context,
    `The first ${count === 1 ? 'one' : count} of each kind, of ${formatCounts(counts())}. Nothing was written.`,
  );
  if (partial) {
    printNote(
      context,
      `Only the beginning of the files was read (${counted(rows, 'row')}): references were not checked, and totals will be larger.`,
    );
  }
}

/** Says why nothing was built, the problems first by kind. */
export function printRefusal(context: CommandContext, error: InputError, rejects: readonly WrittenRejects[]): void {
  if (context.json) {
    printJson(context, { ...errorDocument(error), ...(rejects.length === 0 ? {} : { rejects }) });
    return;
  }
  printNote(context, `${styled(context, context.stderr, ['bold', 'red'], 'Error:')} ${printable(error.message)}`);
  printSourceProblems(context, error.diagnostics, error instanceof BadRowsError ? error.run.unlisted : 0);
  for (const { file, source, rows } of rejects) {
    printNote(
      context,
      `The rows of ${printableLine(source)} with their reasons are in ${printableLine(file)} (${counted(rows, 'row')}).`,
    );
  }
  if (rejects.length === 0 && error.hint !== undefined) printNote(context, printable(error.hint));
}
