import { isMap, isNode, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { InputError } from '../errors/index.ts';
import { findJsonSyntaxError } from './scan-json.ts';

/** Counted from 1. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** One thing that is wrong with a document, and where. */
export interface DocumentProblem extends Position {
  readonly message: string;
}

/** Keys and indexes from the root to a value. */
export type DocumentPath = readonly (string | number)[];

/** A YAML or JSON text as a value that remembers where everything stood. */
export interface PositionedDocument {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path stands, or the nearest one above it that exists. `key`: where its key stands. */
  positionOf(path: DocumentPath, part?: 'value' | 'key'): Position;
}

export interface ParseOptions {
  /** By default found from the file name: `.json` is JSON, all else YAML 1.2. */
  readonly format?: 'yaml' | 'json' | undefined;
  /** A longer text is refused; 10,000,000 unless told otherwise. */
  readonly maxLength?: number | undefined;
}

const defaultMaxLength = 10_000_000;
const maximumAliases = 100;

function childOf(node: Node, segment: string | number): { value: Node | undefined; key: Node | undefined } {
  if (isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && isNode(item.key) && String(item.key) === String(segment));
    return {
      value: isNode(pair?.value) ? pair.value : undefined,
      key: isNode(pair?.key) ? pair.key : undefined,
    };
  }
  if (isSeq(node)) {
    const item = node.items[Number(segment)];
    return { value: isNode(item) ? item : undefined, key: undefined };
  }
  return { value: undefined, key: undefined };
}

function jsonProblem(text: string): { offset: number; message: string } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return findJsonSyntaxError(text) ?? { offset: 0, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads a YAML or JSON text; syntax errors and duplicate keys come back as problems, all of them. */
export function readPositioned(
  text: string,
  file: string,
  options: ParseOptions = {},
): { readonly document: PositionedDocument; readonly problems: readonly DocumentProblem[] } {
  const format = options.format ?? (file.toLowerCase().endsWith('.json') ? 'json' : 'yaml');
  const maxLength = options.maxLength ?? defaultMaxLength;
  const empty: PositionedDocument = { file, value: undefined, positionOf: () => ({ row: 1, column: 1 }) };
  const refuse = (message: string, position: Position) => ({ document: empty, problems: [{ ...position, message }] });
  if (text.length > maxLength) return refuse(`longer than ${maxLength} characters`, { row: 1, column: 1 });

  const lineCounter = new LineCounter();
  const locate = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { row: Math.max(1, line), column: Math.max(1, col) };
  };
  const root = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true });
  if (format === 'json') {
    const broken = jsonProblem(text);
    if (broken !== undefined) return refuse(broken.message, locate(broken.offset));
  }
  const problems = [...root.errors, ...root.warnings].map((error) => ({
    ...locate(error.pos[0]),
    message: error.code === 'DUPLICATE_KEY' ? 'this key is there twice' : error.message,
  }));
  if (problems.length > 0) return { document: empty, problems };

  let value: unknown;
  try {
    value = root.toJS({ maxAliasCount: maximumAliases });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), { row: 1, column: 1 });
  }
  const positionOf: PositionedDocument['positionOf'] = (path, part = 'value') => {
    let node: Node | undefined = isNode(root.contents) ? root.contents : undefined;
    let offset = node?.range?.[0] ?? 0;
    for (const [index, segment] of path.entries()) {
      if (node === undefined) break;
      const child = childOf(node, segment);
      const shown: Node | undefined =
        (part === 'key' && index === path.length - 1 ? child.key : undefined) ?? child.value ?? child.key;
      if (shown === undefined) break;
      offset = shown.range?.[0] ?? offset;
      node = child.value;
    }
    return locate(offset);
  };
  return { document: { file, value, positionOf }, problems: [] };
}

/** `file:row:column: message` for each problem, one per line. */
export function formatProblems(file: string, problems: readonly DocumentProblem[]): string {
  return problems.map(({ row, column, message }) => `${file}:${row}:${column}: ${message}`).join('\n');
}

/**
 * Reads a YAML or JSON text into a value whose parts can be located.
 *
 * @throws InputError `input-invalid` (`json-invalid` for JSON) that names every problem as `file:row:column`
 *
 * @example
 * const document = parsePositioned('users:\n  - name: kim\n', 'mapping.yaml');
 * document.positionOf(['users', 0, 'name']); // { row: 2, column: 11 }
 */
export function parsePositioned(text: string, file: string, options: ParseOptions = {}): PositionedDocument {
  const { document, problems } = readPositioned(text, file, options);
  if (problems.length === 0) return document;
  const isJson = options.format === 'json' || (options.format === undefined && file.toLowerCase().endsWith('.json'));
  throw new InputError(isJson ? 'json-invalid' : 'input-invalid', formatProblems(file, problems), {
    hint: `Correct the ${isJson ? 'JSON' : 'YAML'} at the place named.`,
  });
}
