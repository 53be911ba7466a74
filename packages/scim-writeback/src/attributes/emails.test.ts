import { describe, expect, test } from 'vitest';
import { fromEmailFacts, isAddress, toEmailFacts, withKnownTypes } from './emails.ts';

describe('emails of a payload', () => {
  test('begin with the primary one, wherever it stands', () => {
    const emails = [
      { value: 'home@x.org', type: 'home' },
      { value: 'work@x.org', type: 'work', primary: true },
    ];
    expect(toEmailFacts(emails)).toEqual({ email: 'work@x.org', identities: ['work@x.org', 'home@x.org'] });
  });

  test('begin with the first where none is primary', () => {
    expect(toEmailFacts([{ value: 'a@x.org', primary: false }, { value: 'b@x.org' }])).toEqual({
      email: 'a@x.org',
      identities: ['a@x.org', 'b@x.org'],
    });
  });

  test('have each address once, whatever its case, as the primary one spells it', () => {
    const emails = [
      { value: 'jane@x.org', type: 'home' },
      { value: 'Jane@X.org', type: 'work', primary: true },
    ];
    expect(toEmailFacts(emails)).toEqual({ email: 'Jane@X.org', identities: ['Jane@X.org'] });
  });

  test('make no identity of what is no address, so that nobody becomes who has that login', () => {
    expect(toEmailFacts([{ value: 'admin', primary: true }, { value: 'a@x.org' }])).toEqual({
      email: 'admin',
      identities: ['a@x.org'],
    });
  });

  test.each([[undefined], [[]], [[{ type: 'work' }]], [[{ value: ' ' }]], ['a@x.org'], [[{ value: 1 }]]])(
    'are none for %j',
    (emails) => {
      expect(toEmailFacts(emails)).toEqual({});
    },
  );
});

describe('emails of SCIM', () => {
  test('have email as the primary one, and identities that are addresses, without types', () => {
    expect(fromEmailFacts({ email: 'jane@x.org', identities: ['jdoe', 'JANE@x.org', 'j@y.org'] })).toEqual([
      { value: 'jane@x.org', primary: true },
      { value: 'j@y.org' },
    ]);
  });

  test('have no primary one where there is no email', () => {
    expect(fromEmailFacts({ identities: ['j@y.org'] })).toEqual([{ value: 'j@y.org' }]);
  });

  test('are unassigned where there is no address', () => {
    expect(fromEmailFacts({ email: ' ', identities: ['jdoe', 'CORP\\jdoe'] })).toBeUndefined();
  });
});

describe('types of addresses', () => {
  const current = [
    { value: 'Jane@x.org', type: 'work', primary: true },
    { value: 'jane@x.org', type: 'home' },
    { value: 'old@x.org', type: 'other' },
  ];

  test('stay with those that stay, and only the one that is primary now is', () => {
    expect(withKnownTypes([{ value: 'new@x.org', primary: true }, { value: 'jane@x.org' }], current)).toEqual([
      { value: 'new@x.org', primary: true },
      { value: 'jane@x.org', type: 'work' },
      { value: 'jane@x.org', type: 'home' },
    ]);
  });

  test('of one address that was there twice leave one primary value', () => {
    expect(withKnownTypes([{ value: 'JANE@x.org', primary: true }], current)).toEqual([
      { value: 'JANE@x.org', type: 'work', primary: true },
      { value: 'JANE@x.org', type: 'home' },
    ]);
  });

  test('go where no address is left', () => {
    expect(withKnownTypes(undefined, current)).toBeUndefined();
  });
});

test.each([
  ['a@b', true],
  ['a@b@c', false],
  ['@b', false],
  ['a@', false],
  ['a b@c', false],
  [`${'a'.repeat(320)}@b`, false],
])('%s is an address: %s', (text, expected) => {
  expect(isAddress(text)).toBe(expected);
});
