import { didYouMean, UsageError } from '@oaa-kit/oaa';

/**
 * The codes of `--accept-failing-checks`, in each text several with commas between.
 *
 * @throws UsageError for a code that no requirement has: it would accept nothing
 */
export async function acceptedChecks(texts: readonly string[] = []): Promise<readonly string[]> {
  const codes = texts.flatMap((text) => text.split(',').map((code) => code.trim())).filter((code) => code !== '');
  if (codes.length === 0) return codes;
  const { checkCodes } = await import('@oaa-kit/scim-writeback/check');
  const [unknown] = codes.filter((code) => !checkCodes.includes(code));
  if (unknown === undefined) return codes;
  throw new UsageError(
    'usage',
    `--accept-failing-checks names "${unknown}", which no check has as its code.${didYouMean(unknown, checkCodes)}`,
    { hint: 'An apply that a check stops names its code; oaa scim check <url> lists all.' },
  );
}
