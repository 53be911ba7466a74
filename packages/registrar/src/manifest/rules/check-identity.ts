import { checkName, UsageError } from '@oaa-kit/oaa';
import type { DocumentPath } from '@oaa-kit/oaa/settings';
import type { Report } from '../manifest-problems.ts';
import type { Part } from './part.ts';

const printable = /^[^\p{Cc}\p{Cs}]+$/u;

/** A name as the tenant takes it (reference 1.0.7). */
export function checkNameAt(what: 'provider' | 'data source', name: string, path: DocumentPath, report: Report): void {
  try {
    checkName(what, name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    report.error(
      'name-invalid',
      path,
      `is refused. ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`,
    );
  }
}

/** Key and name. */
export function checkIdentity({ manifest, report }: Part): void {
  const { key, name, absent } = manifest;
  if (name !== undefined) checkNameAt('provider', name, ['name'], report);
  else if (absent !== true || key === undefined) report.error('name-missing', [], '"name" is missing');
  if (key !== undefined && (!printable.test(key) || key.trim() !== key)) {
    report.error('key-invalid', ['key'], 'holds control characters, or blanks at an end');
  }
}
