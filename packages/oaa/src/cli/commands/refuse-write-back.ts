import { GuardError, UsageError } from '../../errors/index.ts';
import { isObject, textOf } from '../../payload/json.ts';
import { foldKey } from '../../payload/keys.ts';
import { loadConfig } from '../../settings/index.ts';
import type { CommandContext } from '../command.ts';

/**
 * Stops a push to a data source that has write-back: it has one writer, the publisher. A second one would take back what
 * people were given, or give what was taken from them, until the next publication.
 *
 * @throws GuardError `write-back-only`, exit code 8: nothing was sent
 * @throws UsageError where `writeBack` of the settings file is no list: nobody can tell then
 */
export async function refuseWriteBack(
  { cwd, configFile: file }: CommandContext,
  { provider, dataSource }: { readonly provider: string; readonly dataSource: string },
): Promise<void> {
  const configured = (await loadConfig({ cwd, file }))?.config.writeBack ?? [];
  if (!Array.isArray(configured)) {
    throw new UsageError('setting-invalid', '"writeBack" in the settings file has to be a list.', {
      hint: 'Correct it, so that oaa can tell which data sources have write-back.',
    });
  }
  const isTarget = (entry: unknown) =>
    isObject(entry) && isName(textOf(entry, 'provider'), provider) && isName(textOf(entry, 'dataSource'), dataSource);
  if (!configured.some(isTarget)) return;
  throw new GuardError(
    'write-back-only',
    `The data source "${dataSource}" of the provider "${provider}" has write-back: it is published by \`oaa scim serve\` alone. Nothing was sent.`,
    {
      hint: 'Submit what was extracted as a base: oaa scim base begin before the extraction, oaa scim base submit <payload> after it.',
    },
  );
}

/** Rather one push too many is refused than one too few: the tenant may not tell names by case. */
function isName(configured: string | undefined, given: string): boolean {
  return configured !== undefined && foldKey(configured) === foldKey(given);
}
