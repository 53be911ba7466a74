import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Readme } from './readme.ts';

const fence = '```';
const text = [
  '# Title', // 1
  `${fence}typescript`, // 2
  'const a = 1;', // 3
  fence, // 4
  `${fence}ts continues`, // 5
  'console.log(a);', // 6
  fence, // 7
  `${fence}sh no-run="needs a tenant"`, // 8
  'oaa push x', // 9
  fence, // 10
  `${fence}text`, // 11
  'words', // 12
  fence, // 13
  `${fence}yml file="oaa.config.yaml"`, // 14
  'packs: []', // 15
  fence, // 16
].join('\n');

describe('a README', () => {
  const readme = new Readme('examples/none/README.md', text);

  test('runs the blocks of known languages, by any of their names, unless a block says why not', () => {
    expect(readme.runnable.map(({ language, line }) => [language, line])).toEqual([
      ['ts', 3],
      ['ts', 6],
      ['yaml', 15],
    ]);
    expect(readme.excused.map(({ line }) => line)).toEqual([9]);
  });

  test('keeps every line of a program where it is in the README, also behind the block that it continues', () => {
    const [, second] = readme.runnable;
    expect(readme.programOf(second as (typeof readme.runnable)[0])).toBe('\n\nconst a = 1;\n\n\nconsole.log(a);\n');
  });

  test('names the file of a block by its attribute or by its line', () => {
    expect(readme.runnable.map((block) => readme.fileOf(block))).toEqual([
      'readme-line-3.ts',
      'readme-line-6.ts',
      'oaa.config.yaml',
    ]);
  });

  test('throws when the first block continues', () => {
    const broken = new Readme('README.md', `${fence}ts continues\na;\n${fence}\n`);
    expect(() => broken.programOf(broken.blocks[0] as (typeof broken.blocks)[0])).toThrow('README.md:2 continues');
  });

  test('is copied with its programs, and the copy goes away', async () => {
    const copy = await readme.copy();
    expect(readFileSync(join(copy.folder, 'readme-line-3.ts'), 'utf8')).toBe('\n\nconst a = 1;\n');
    await copy.remove();
    expect(existsSync(copy.folder)).toBe(false);
  });
});
