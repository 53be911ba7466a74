import { expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import type { Attribute } from '../schemas/schema.ts';
import { normaliseElement, normaliseValue } from './normalise-value.ts';
import { users } from './test-schemas.ts';

const emails = users.attribute('emails') as Attribute;

test('the whole value of an attribute is read as in a body', () => {
  const input = [{ VALUE: 'a' }, null, { value: 'A' }, { value: null }];
  expect(normaliseValue(input, emails, 'emails', users, standardProfile)).toEqual([{ value: 'a' }]);
  expect(normaliseValue([], emails, 'emails', users, standardProfile)).toBeUndefined();
  expect(() => normaliseValue([7], emails, 'emails', users, standardProfile)).toThrow(
    'emails[0].value takes a string, not a number.',
  );
});

test('one element of a list is read by itself', () => {
  expect(normaliseElement({ VALUE: 'a' }, emails, 'emails', users, standardProfile)).toEqual({ value: 'a' });
  expect(normaliseElement(null, emails, 'emails', users, standardProfile)).toBeUndefined();
  expect(() => normaliseElement({ value: 7 }, emails, 'emails', users, standardProfile)).toThrow(
    'emails.value takes a string, not a number.',
  );
});
