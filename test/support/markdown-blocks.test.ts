import { describe, expect, test } from 'vitest';
import { parseMarkdownBlocks } from './markdown-blocks.ts';

const fence = '```';

describe('parseMarkdownBlocks', () => {
  test('gives language, attributes, code and the line in which the code begins', () => {
    const text = ['# Title', '', `${fence}TS file="a b.ts" continues exit=3`, 'const a = 1;', '', 'a;', fence, ''].join(
      '\n',
    );
    expect(parseMarkdownBlocks(text)).toEqual([
      {
        language: 'ts',
        attributes: { file: 'a b.ts', continues: '', exit: '3' },
        code: 'const a = 1;\n\na;\n',
        line: 4,
      },
    ]);
  });

  test('takes a block without language or content', () => {
    expect(parseMarkdownBlocks(`${fence}\n${fence}\n`)).toEqual([{ language: '', attributes: {}, code: '', line: 2 }]);
  });

  test('takes the reason why a block is not run, with = and quotes in it', () => {
    const [block] = parseMarkdownBlocks(`${fence}sh no-run="needs VEZA_URL='x' of a tenant"\noaa\n${fence}`);
    expect(block?.attributes).toEqual({ 'no-run': `needs VEZA_URL='x' of a tenant` });
  });

  test('ends a block only with the same fence, at least as long', () => {
    const text = `~~~~md\n${fence}ts\ncode\n${fence}\n~~~\n~~~~\n${fence}js\n1\n${fence}`;
    expect(parseMarkdownBlocks(text).map(({ language, code }) => [language, code])).toEqual([
      ['md', `${fence}ts\ncode\n${fence}\n~~~\n`],
      ['js', '1\n'],
    ]);
  });

  test('takes away the indentation of lists and quotes, and no more', () => {
    const text = `1. First\n\n   ${fence}sh\n   oaa push \\\n     --dry-run\n   ${fence}\n\n> ${fence}json\n> { "a": 1 }\n> ${fence}\n`;
    expect(parseMarkdownBlocks(text).map(({ code }) => code)).toEqual(['oaa push \\\n  --dry-run\n', '{ "a": 1 }\n']);
  });

  test('reads lines that end as on Windows', () => {
    expect(parseMarkdownBlocks(`${fence}ts\r\na;\r\n${fence}\r\n`)).toEqual([
      { language: 'ts', attributes: {}, code: 'a;\n', line: 2 },
    ]);
  });

  test('leaves inline code alone', () => {
    expect(parseMarkdownBlocks(`Use ${fence}x${fence} or\n${fence}x${fence}\n`)).toEqual([]);
  });

  test('throws for a block that is never closed, with its line', () => {
    expect(() => parseMarkdownBlocks(`text\n${fence}ts\na;\n`)).toThrow('line 2 is never closed');
  });
});
