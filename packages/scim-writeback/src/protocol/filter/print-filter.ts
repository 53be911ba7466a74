import { printAttributePath } from '../schemas/attribute-path.ts';
import type { Filter } from './filter.ts';

/**
 * The text of a filter: reading it gives the same filter again, values are JSON, and there are no parentheses but the
 * necessary ones.
 *
 * @example printFilter(parseFilter('(userName EQ "jane")')) // 'userName eq "jane"'
 */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.operands.map((operand) => printWithin(operand, ['and', 'or'])).join(' and ');
    case 'or':
      return filter.operands.map((operand) => printWithin(operand, ['or'])).join(' or ');
    case 'not':
      return `not (${printFilter(filter.operand)})`;
    case 'value-path':
      return `${printAttributePath(filter.path)}[${printFilter(filter.filter)}]`;
    case 'presence':
      return `${printSubject(filter)} pr`;
    case 'comparison':
      return `${printSubject(filter)} ${filter.operator} ${JSON.stringify(filter.value)}`;
  }
}

function printWithin(operand: Filter, looser: readonly Filter['kind'][]): string {
  return looser.includes(operand.kind) ? `(${printFilter(operand)})` : printFilter(operand);
}

function printSubject({ path, selection }: Extract<Filter, { kind: 'presence' | 'comparison' }>): string {
  if (selection === undefined) return printAttributePath(path);
  const { sub, ...attribute } = path;
  return `${printAttributePath({ ...attribute, sub: undefined })}[${printFilter(selection)}]${sub === undefined ? '' : `.${sub}`}`;
}
