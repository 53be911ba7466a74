import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type MarkdownBlock, parseMarkdownBlocks } from './markdown-blocks.ts';
import { projectFiles, readProjectFile, repositoryRoot } from './repository.ts';

const aliases: Readonly<Record<string, string>> = {
  bash: 'sh',
  console: 'sh',
  shell: 'sh',
  typescript: 'ts',
  mts: 'ts',
  yml: 'yaml',
};
/** Languages whose blocks a test runs, parses or writes to a file; blocks in others are text. */
const runnable: ReadonlySet<string> = new Set(['ts', 'sh', 'json', 'yaml', 'ndjson', 'csv']);

/** Files that a README, except of an example, may speak of as if its reader had them. */
const assumedFiles = 'test/fixtures/readme/';

/** A README whose blocks run in a temporary copy of its folder. */
export class Readme {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly MarkdownBlock[];

  constructor(file: string, text = readProjectFile(file)) {
    this.file = file;
    this.text = text;
    this.blocks = parseMarkdownBlocks(text).map((block) => ({
      ...block,
      language: aliases[block.language] ?? block.language,
    }));
  }

  /** The blocks that run, in their order. */
  get runnable(): MarkdownBlock[] {
    return this.blocks.filter(
      ({ language, attributes }) => runnable.has(language) && attributes['no-run'] === undefined,
    );
  }

  /** The blocks that say why they do not run. */
  get excused(): MarkdownBlock[] {
    return this.blocks.filter(({ attributes }) => attributes['no-run'] !== undefined);
  }

  /** `file` of the attributes, or a name made of the line. */
  fileOf(block: MarkdownBlock): string {
    return block.attributes.file ?? `readme-line-${block.line}.${block.language}`;
  }

  /**
   * A block's program. Every line keeps the number that it has in the README, so that messages point there. A block
   * marked `continues` comes behind the `ts` block before it.
   */
  programOf(block: MarkdownBlock): string {
    const parts = [block];
    for (let part = block; part.attributes.continues !== undefined; ) {
      const before = this.blocks.filter(({ language, line }) => language === 'ts' && line < part.line).at(-1);
      if (before === undefined)
        throw new Error(`${this.file}:${part.line} continues, but no ts block comes before it.`);
      parts.unshift(before);
      part = before;
    }
    let program = '';
    let line = 1;
    for (const part of parts) {
      program += '\n'.repeat(part.line - line) + part.code;
      line = part.line + part.code.split('\n').length - 1;
    }
    return program;
  }

  /**
   * Makes a folder from which the packages resolve as they do in the repository, with what a reader has at hand (the
   * example, or from the top all examples and templates, and the files that a README may assume) and the programs of
   * the blocks. The caller removes it with `remove`.
   */
  async copy(): Promise<ReadmeCopy> {
    const base = join(repositoryRoot, '.tmp');
    await mkdir(base, { recursive: true });
    const root = await mkdtemp(join(base, 'readme-'));
    const folder = join(root, 'project');
    await mkdir(folder);
    const origin = dirname(this.file);
    if (origin.startsWith('examples/')) await copyProjectFiles(`${origin}/`, folder);
    else await copyProjectFiles(assumedFiles, folder);
    if (origin === '.') {
      await copyProjectFiles('examples/', join(folder, 'examples'));
      await copyProjectFiles('templates/', join(folder, 'templates'));
    }
    const modules = join(repositoryRoot, origin, 'node_modules');
    if (origin !== '.' && existsSync(modules)) await symlink(modules, join(folder, 'node_modules'));
    for (const block of this.runnable) {
      if (block.language === 'ts') await writeFile(join(folder, this.fileOf(block)), this.programOf(block));
    }
    return { folder, home: join(root, 'home'), remove: () => rm(root, { recursive: true, force: true }) };
  }
}

async function copyProjectFiles(prefix: string, folder: string): Promise<void> {
  for (const file of projectFiles().filter((path) => path.startsWith(prefix))) {
    await cp(join(repositoryRoot, file), join(folder, file.slice(prefix.length)));
  }
}

export interface ReadmeCopy {
  readonly folder: string;
  /** A path for a home folder; it is not made. */
  readonly home: string;
  remove(): Promise<void>;
}

/** The READMEs that users read. */
export function readmes(): Readme[] {
  const files = projectFiles().filter((file) => /^((packages|examples)\/([^/]+\/)?)?README[.]md$/.test(file));
  return files.filter((file) => basename(file) === 'README.md').map((file) => new Readme(file));
}
