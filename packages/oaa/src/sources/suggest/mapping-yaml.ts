import { Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Comments } from './comments.ts';

const flowLength = 100;
const commentWidth = 100;
/** Keys of what says where one value comes from: short enough to stand in a line. */
const inLine: ReadonlySet<string> = new Set(
  'column columns expression value default list map lookup format timezone true false names unknown effects empty equals optional name'.split(
    ' ',
  ),
);

/** Whether a value stands in one line. `anyKey`: its keys are texts of cells. */
function isShort(value: unknown, comments: Comments, anyKey = false): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (comments.isInside(value)) return false;
  const text = JSON.stringify(value);
  if (text.length > flowLength || text.includes('\\n')) return false;
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object');
  return Object.entries(value).every(
    ([key, item]) => (anyKey || inLine.has(key)) && isShort(item, comments, key === 'map'),
  );
}

/** Breaks a line between words; what follows is indented as the line is. */
function wrap(line: string): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let rest = line;
  while (rest.length > commentWidth) {
    const end = rest.lastIndexOf(' ', commentWidth);
    if (end <= indent.length) break;
    lines.push(rest.slice(0, end));
    rest = indent + rest.slice(end + 1);
  }
  return [...lines, rest];
}

/** A comment as YAML has it: every line after a `#` and a space. */
function comment(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character may not stand in a YAML comment
  const plain = text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, ' ');
  return plain
    .split('\n')
    .flatMap(wrap)
    .map((line) => ` ${line}`)
    .join('\n');
}

function dress(node: unknown, value: unknown, comments: Comments, spaced: ReadonlySet<object>): void {
  if (typeof value !== 'object' || value === null) return;
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isScalar(pair.key)) continue;
      const key = String(pair.key.value);
      const text = comments.of(value, key);
      if (text !== undefined) pair.key.commentBefore = comment(text);
      dress(pair.value, (value as Record<string, unknown>)[key], comments, spaced);
    }
  }
  if (isSeq(node)) {
    node.items.forEach((item, index) => {
      if (index > 0 && spaced.has(value)) (item as Node).spaceBefore = true;
      const text = comments.of(value, index);
      if (text !== undefined) (item as Node).commentBefore = comment(text);
      dress(item, (value as readonly unknown[])[index], comments, spaced);
    });
  }
  if ((isMap(node) || isSeq(node)) && isShort(value, comments)) node.flow = true;
}

/** Writes a mapping as YAML, with its comments above the parts that they are about. */
export function mappingYaml(mapping: { readonly sources?: unknown }, head: string, comments: Comments): string {
  const document = new Document(mapping, { aliasDuplicateObjects: false });
  dress(document.contents, mapping, comments, new Set([mapping.sources as object]));
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) {
      if (isScalar(pair.key) && pair.key.value !== 'application') pair.key.spaceBefore = true;
    }
  }
  document.commentBefore = comment(head);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
