/** A fenced code block of a Markdown text. */
export interface MarkdownBlock {
  /** First word of the info string in lower case; empty without one. */
  readonly language: string;
  /** The rest of the info string: `no-run="why" exit=3 continues` is `{ 'no-run': 'why', exit: '3', continues: '' }`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The text between the fences, without their indentation; ends with a line break unless it is empty. */
  readonly code: string;
  /** The line of the text in which `code` begins, counted from 1. */
  readonly line: number;
}

const opening = /^([ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?)(`{3,}|~{3,})[ \t]*([^\r]*?)[ \t]*\r?$/;

/** Finds all fenced code blocks, also those in lists and quotes. Throws for a fence that is never closed. */
export function parseMarkdownBlocks(markdown: string): MarkdownBlock[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: MarkdownBlock[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [, before = '', fence = '', info = ''] = opening.exec(lines[at] ?? '') ?? [];
    // An info string behind backticks has none itself: that would be inline code.
    if (fence === '' || (fence.startsWith('`') && info.includes('`'))) continue;
    const closing = new RegExp(`^[ \\t>]*${fence[0]}{${fence.length},}[ \\t]*$`);
    const end = lines.findIndex((line, index) => index > at && closing.test(line));
    if (end === -1) throw new Error(`The code block that begins in line ${at + 1} is never closed.`);
    const code = lines.slice(at + 1, end).map((line) => withoutIndentation(line, before.length));
    const [, language = '', rest = ''] = /^(\S*)\s*(.*)$/.exec(info) ?? [];
    blocks.push({
      language: language.toLowerCase(),
      attributes: parseAttributes(rest),
      code: code.map((line) => `${line}\n`).join(''),
      line: at + 2,
    });
    at = end;
  }
  return blocks;
}

/** Takes away up to `width` characters of indentation or quotation. */
function withoutIndentation(line: string, width: number): string {
  let start = 0;
  while (start < width && /[ \t>]/.test(line[start] ?? '')) start += 1;
  return line.slice(start);
}

function parseAttributes(text: string): Record<string, string> {
  const found = text.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/g);
  return Object.fromEntries([...found].map(([, name, double, single, bare]) => [name, double ?? single ?? bare ?? '']));
}
