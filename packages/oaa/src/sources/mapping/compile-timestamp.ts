import { isTimestamp } from '../../payload/timestamps.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { fullSpec, type Reader } from './compile-raw.ts';
import { compileText } from './compile-text.ts';
import { Fault, quoted } from './fault.ts';
import { checkDateFormat, compileDateParser } from './parse-date.ts';
import type { ValueSpec } from './value-spec.ts';

/** A date as RFC 3339 text. */
export function compileTimestamp(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<string> {
  const full = fullSpec(spec);
  const { read, column } = compileText(full, context, path);
  const formats = full.format === undefined ? undefined : [full.format].flat();
  for (const format of formats ?? []) {
    const problem = checkDateFormat(format);
    if (problem === undefined) continue;
    context.problem([...path, 'format'], `The date format "${format}" is not usable: ${problem}`);
    return { column, read: () => undefined };
  }
  const parse = compileDateParser(formats, full.timezone);
  const expected = formats?.join(' or ') ?? 'RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss';
  return {
    column,
    read: (row) => {
      const text = read(row);
      if (text === undefined) return undefined;
      const parsed = parse(text);
      if (parsed === undefined || !isTimestamp(parsed)) {
        throw new Fault(
          'bad-timestamp',
          `${quoted(text)} is not a date of the form ${expected}.`,
          formats === undefined
            ? 'Name the form: { column: ..., format: "DD/MM/YYYY" }.'
            : 'Correct it; or name its form, too: format: ["DD/MM/YYYY", "YYYY-MM-DD"].',
        );
      }
      return parsed;
    },
  };
}
