import { type Diagnostic, joinPath } from '@oaa-kit/oaa';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import { own } from './value-at.ts';

/** The attribute that is the name of a local entity. */
export function nameOf(attributes: ScimObject, attribute: string, diagnostics: Diagnostic[]): string {
  const name = own(attributes, attribute);
  if (typeof name === 'string' && name.trim() !== '') return name;
  const path = joinPath('$', attribute);
  diagnostics.push({
    severity: 'error',
    code: 'empty-value',
    path,
    message: `There is no ${attribute} to be the name.`,
  });
  return '';
}
