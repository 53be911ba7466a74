import { UsageError } from '@oaa-kit/oaa';
import type { CommandContext } from '@oaa-kit/oaa/cli';
import { isJsonObject } from '../../client/json.ts';
import { DocumentProblems, readDocument } from './read-document.ts';

/**
 * The attributes of `--attributes` and `--set`, which wins.
 *
 * @throws InputError, UsageError
 */
export async function readAttributes(
  context: CommandContext,
  file: string | undefined,
  settings: readonly string[] = [],
): Promise<Readonly<Record<string, unknown>>> {
  const attributes = new Map<string, unknown>();
  if (file !== undefined) {
    const document = await readDocument(context, file);
    const problems = new DocumentProblems(document);
    if (!isJsonObject(document.value)) problems.add([], 'the document is no object of attributes');
    problems.throwIfAny('Write an attribute on each line: user_name: jane.doe');
    for (const [name, value] of Object.entries(document.value ?? {})) attributes.set(name, value);
  }
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at < 1) {
      throw new UsageError('usage', 'Of a --set the name or the "=" is missing.', {
        hint: 'Write --set title=Engineer.',
      });
    }
    attributes.set(setting.slice(0, at), setting.slice(at + 1));
  }
  if (attributes.size > 0) return Object.fromEntries(attributes);
  throw new UsageError('usage', 'There are no attributes to synchronise.', {
    hint: 'Give --attributes with a file, or --set user_name=jane.doe.',
  });
}
