import { expect, test } from 'vitest';
import { requireMediaType } from './require-media-type.ts';

test.each([
  'application/scim+json',
  'application/json',
  'application/scim+json; charset=utf-8',
  'application/scim+json;charset="UTF-8"',
  'Application/JSON ; Charset=utf8; version=1',
])('#1 %s is taken', (type) => expect(() => requireMediaType({ 'content-type': type })).not.toThrow());

test.each([
  undefined,
  '',
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/json5',
  'application/json; charset=latin1',
])('#1 %s is answered 415', (type) => {
  expect(() => requireMediaType({ 'content-type': type })).toThrow(expect.objectContaining({ status: 415 }));
});

test('a compressed body is answered 415', () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  expect(() => requireMediaType(headers)).toThrow(expect.objectContaining({ status: 415 }));
});
