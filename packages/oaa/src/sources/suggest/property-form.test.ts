import { describe, expect, test } from 'vitest';
import { isPropertyName } from '../../payload/properties.ts';
import { propertyName, propertyType } from './property-form.ts';

const typeOf = (name: string, ...cells: string[]) => propertyType({ name, cells, isList: false });

describe('types', () => {
  test.each([
    ['age', ['3', '-7', ''], 'NUMBER'],
    ['flag', ['yes', 'no'], 'BOOLEAN'],
    ['level', ['0', '1'], 'NUMBER'],
    ['start', ['2024-01-31', ''], 'TIMESTAMP'],
    ['start', ['31.12.2024'], 'TIMESTAMP'],
    ['city', ['Oslo'], 'STRING'],
    ['empty', ['', ''], 'STRING'],
    ['zip', ['10115', '20095'], 'STRING'],
    ['cost center', ['0815'], 'STRING'],
    ['price', ['1.5'], 'STRING'],
    ['big', ['12345678901234567890'], 'STRING'],
  ])('%s of %j', (name, cells, type) => {
    expect(typeOf(name, ...cells)).toBe(type);
  });

  test('a JSON list is a list of texts', () => {
    expect(propertyType({ name: 'tags', cells: ['a'], isList: true })).toBe('STRING_LIST');
  });
});

describe('names', () => {
  test.each([
    ['Cost Center', 'cost_center'],
    ['address1', 'address'],
    ['Größe (cm)', 'groesse_cm'],
    ['名前', 'column_a'],
    ['42', 'column_a'],
    ['__proto__', 'proto'],
    ['', 'column_a'],
  ])('%j becomes %s', (header, name) => {
    expect(propertyName(header, new Set())).toBe(name);
    expect(isPropertyName(name)).toBe(true);
  });

  test('a name that is taken gets a letter more', () => {
    expect(propertyName('address 2', new Set(['address', 'address_a']))).toBe('address_b');
  });
});
