import {
  type Document,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  parseDocument,
  visit,
} from 'yaml';
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

/** What is wrong, without the text that stands there: it may be a secret that nobody put in quotes. */
function messageOf({ code, message }: Root['errors'][number] | Root['warnings'][number]): string {
  if (code === 'DUPLICATE_KEY') return 'this key is there twice';
  if (/call stack|stack overflow/i.test(message)) return 'nested too deeply';
  if (/\btag\b/i.test(message)) return 'an unknown tag (a text that begins with ! needs quotes)';
  // The library puts what it found behind a colon, and directives behind a percent sign.
  return message.replace(/: .*$/s, '').replace(/\s*%\S.*$/s, '');
}

/** A text as its YAML documents, before they are values. */
interface Parsed {
  readonly roots: readonly Root[];
  readonly problems: readonly DocumentProblem[];
  locate(offset: number): Position;
}

type Root = Document.Parsed;

const start: Position = { row: 1, column: 1 };

function parse(
  text: string,
  file: string,
  options: ParseOptions,
  read: (text: string, counter: LineCounter) => Root[],
): Parsed {
  const format = options.format ?? (file.toLowerCase().endsWith('.json') ? 'json' : 'yaml');
  const maxLength = options.maxLength ?? defaultMaxLength;
  const lineCounter = new LineCounter();
  const locate = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { row: Math.max(1, line), column: Math.max(1, col) };
  };
  const refuse = (message: string, position: Position): Parsed => ({
    roots: [],
    problems: [{ ...position, message }],
    locate,
  });
  if (text.length > maxLength) return refuse(`longer than ${maxLength} characters`, start);
  const roots = read(text, lineCounter);
  if (format === 'json') {
    const broken = jsonProblem(text);
    if (broken !== undefined) return refuse(broken.message, locate(broken.offset));
  }
  const problems = roots.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map((error) => ({
      ...locate(error.pos[0]),
      message: messageOf(error),
    })),
  );
  return { roots, problems, locate };
}

function aliasProblem(root: Root, error: unknown, locate: Parsed['locate']): DocumentProblem {
  let offset = root.contents?.range?.[0] ?? 0;
  const message = error instanceof Error ? error.message : String(error);
  if (!message.startsWith('Unresolved alias')) return { ...locate(offset), message };
  visit(root, {
    Alias: (_key, node) => {
      if (node.resolve(root) !== undefined) return undefined;
      offset = node.range?.[0] ?? offset;
      return visit.BREAK;
    },
  });
  return { ...locate(offset), message: 'an alias without its anchor (a text that begins with * needs quotes)' };
}

/** The value of one document of a text that has no syntax errors. */
function positioned(root: Root, file: string, locate: Parsed['locate']): PositionedDocument | DocumentProblem {
  let value: unknown;
  try {
    value = root.toJS({ maxAliasCount: maximumAliases });
  } catch (error) {
    return aliasProblem(root, error, locate);
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
  return { file, value, positionOf };
}

const yamlOptions = { prettyErrors: false, stringKeys: true } as const;

/** Reads a YAML or JSON text; syntax errors and duplicate keys come back as problems, all of them. */
export function readPositioned(
  text: string,
  file: string,
  options: ParseOptions = {},
): { readonly document: PositionedDocument; readonly problems: readonly DocumentProblem[] } {
  const empty: PositionedDocument = { file, value: undefined, positionOf: () => start };
  const { roots, problems, locate } = parse(text, file, options, (all, lineCounter) => [
    parseDocument(all, { ...yamlOptions, lineCounter }),
  ]);
  const [root] = roots;
  if (problems.length > 0 || root === undefined) return { document: empty, problems };
  const document = positioned(root, file, locate);
  return 'message' in document ? { document: empty, problems: [document] } : { document, problems: [] };
}

/**
 * Reads a text that may hold several YAML documents, with `---` between them (YAML 1.2.2 section 9.2). Documents
 * without content are passed over. A JSON text is one document.
 *
 * @param maxDocuments a text of more documents is refused
 */
export function readPositionedAll(
  text: string,
  file: string,
  options: ParseOptions & { readonly maxDocuments: number },
): { readonly documents: readonly PositionedDocument[]; readonly problems: readonly DocumentProblem[] } {
  const { roots, problems, locate } = parse(text, file, options, (all, lineCounter) => [
    ...parseAllDocuments(all, { ...yamlOptions, lineCounter }),
  ]);
  if (problems.length > 0) return { documents: [], problems };
  if (roots.length > options.maxDocuments) {
    return { documents: [], problems: [{ ...start, message: `more than ${options.maxDocuments} documents` }] };
  }
  const read = roots.map((root) => positioned(root, file, locate));
  return {
    documents: read.filter((one): one is PositionedDocument => !('message' in one) && one.value !== null),
    problems: read.filter((one): one is DocumentProblem => 'message' in one),
  };
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
