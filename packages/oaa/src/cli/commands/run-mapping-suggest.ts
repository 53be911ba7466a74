import { dirname, relative, resolve, sep } from 'node:path';
import { readSample } from '../../sources/suggest/read-sample.ts';
import type { SourceSample } from '../../sources/suggest/source-sample.ts';
import { suggestMapping } from '../../sources/suggest/suggest-mapping.ts';
import type { CommandBody } from '../command.ts';
import { counted, printJson, printLine, printNote } from '../output.ts';
import { printableLine } from '../printable.ts';
import { progressLine } from '../progress.ts';
import { refuseOverwriting } from '../refuse-overwriting.ts';
import { writeWholeFile } from '../write-whole-file.ts';
import type { mappingSuggestOptions } from './mapping-suggest.ts';

/** Reads the beginning of each file and drafts a mapping for all of them. */
export const runMappingSuggest: CommandBody<typeof mappingSuggestOptions> = async (
  context,
  { options, positionals },
) => {
  const { out } = options;
  const path = out === undefined ? undefined : resolve(context.cwd, out);
  if (path !== undefined) await refuseOverwriting(path, out ?? '', 'mapping');
  const folder = path === undefined ? context.cwd : dirname(path);
  const samples: SourceSample[] = [];
  const progress = progressLine(context);
  try {
    for (const name of new Set([positionals.file ?? []].flat())) {
      context.signal.throwIfAborted();
      progress.show(`Reading ${printableLine(name)}`);
      const source = resolve(context.cwd, name);
      const file = relative(folder, source).split(sep).join('/');
      samples.push(await readSample(source, file));
    }
  } finally {
    progress.clear();
  }
  const { text, checks } = suggestMapping(samples, options.application);
  if (path !== undefined) {
    await writeWholeFile(path, [text], { name: out ?? '', flag: '--out', signal: context.signal });
  }
  if (context.json) {
    printJson(context, { ...(path === undefined ? {} : { file: out }), mapping: text, checks });
    return;
  }
  if (path === undefined) context.stdout.write(text);
  else printLine(context, `Wrote ${printableLine(out ?? '')}, a first mapping for ${counted(samples.length, 'file')}.`);
  if (context.quiet) return;
  const name = path === undefined ? 'mapping.yaml' : printableLine(out ?? '');
  if (checks > 0)
    printNote(
      context,
      `${counted(checks, 'comment')} in it ${checks === 1 ? 'says' : 'say'} CHECK: there only you can decide.`,
    );
  printNote(context, `Next: oaa build --mapping ${name} --preview 3`);
};
