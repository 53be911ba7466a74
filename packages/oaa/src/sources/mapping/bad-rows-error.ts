import { InputError } from '../../errors/errors.ts';
import type { MappingRun } from './run-mapping.ts';

type FailedRun = Pick<
  MappingRun,
  'badRows' | 'hasMoreBadRows' | 'unread' | 'errors' | 'unlisted' | 'stopped' | 'rows' | 'diagnostics'
>;

function sentences({ badRows, hasMoreBadRows, unread, stopped, rows }: FailedRun): string[] {
  const bad = [...badRows.values()].reduce((sum, ofSource) => sum + ofSource.size, 0);
  const said: string[] = [];
  if (unread.length > 0) said.push(`${unread.join(' and ')} cannot be read to the end.`);
  if (bad > 0) {
    const least = hasMoreBadRows ? 'At least ' : '';
    said.push(`${least}${bad.toLocaleString('en')} of ${rows.toLocaleString('en')} rows cannot be used.`);
  }
  if (said.length === 0) said.push('The mapping names what nothing describes.');
  if (stopped) said.push('Reading stopped there.');
  return said;
}

/** Rows that cannot be used. Nothing is made of the others either: a payload is a snapshot, and half of one removes. */
export class BadRowsError extends InputError {
  /** What is known of the run: the bad rows with their reasons, and how complete that is. */
  readonly run: FailedRun;

  constructor(run: FailedRun) {
    super('input-invalid', [...sentences(run), 'Nothing was written.'].join(' '), {
      hint: 'Correct the rows or the mapping; --rejects <file> writes the rows with their reasons.',
      diagnostics: run.diagnostics,
    });
    this.run = run;
  }
}
