import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appended, type Referable, ReferenceList } from './reference-list.ts';

class Thing implements Referable {
  readonly key: string;
  removed = false;
  constructor(key: string) {
    this.key = key;
  }
}

describe.each([
  ['a short list', 0],
  ['a long list', 40],
])('%s of references', (_, filler) => {
  function list(): ReferenceList<Thing> {
    const references = new ReferenceList<Thing>();
    for (let number = 0; number < filler; number += 1) references.add(new Thing(`filler ${number}`));
    return references;
  }
  const keys = (references: ReferenceList<Thing>) => references.keys().slice(filler);

  test('keeps the first spelling and the order, handles and keys alike', () => {
    const references = list();
    const admin = new Thing('Admin');
    for (const reference of ['view', admin, 'ADMIN', admin, new Thing('VIEW')]) references.add(reference);
    expect(keys(references)).toStrictEqual(['view', 'Admin']);
    expect(references.size).toBe(filler + 2);
  });

  test('takes out what a handle or a key names', () => {
    const references = list();
    const admin = new Thing('Admin');
    references.add(admin);
    references.add('View');
    references.add('Edit');
    expect([references.delete('ADMIN'), references.delete(admin), references.delete('view')]).toStrictEqual([
      filler,
      -1,
      filler,
    ]);
    expect(keys(references)).toStrictEqual(['Edit']);
    expect(references.indexOf('edit')).toBe(filler);
  });

  test('does not write what was removed, and lets a new one of its key take its place', () => {
    const references = list();
    const old = new Thing('Admin');
    references.add(old);
    references.add('View');
    old.removed = true;
    expect(keys(references)).toStrictEqual(['View']);
    const fresh = new Thing('admin');
    references.add(fresh);
    references.add(old);
    references.add(fresh);
    expect(keys(references)).toStrictEqual(['admin', 'View']);
    expect(references.isRemoved(filler)).toBe(false);
  });

  test('keeps a key that came as a text: it names whatever has that key', () => {
    const references = list();
    const admin = new Thing('Admin');
    references.add('admin');
    references.add(admin);
    admin.removed = true;
    expect(keys(references)).toStrictEqual(['admin']);
  });
});

test('a long list gives what a short one would', () => {
  const operations = fc.array(
    fc.tuple(fc.constantFrom('add', 'delete'), fc.integer({ min: 0, max: 60 }), fc.boolean()),
    {
      maxLength: 120,
    },
  );
  fc.assert(
    fc.property(operations, (steps) => {
      const references = new ReferenceList<Thing>();
      const oracle: string[] = [];
      const things = Array.from({ length: 61 }, (_, number) => new Thing(`Thing ${number}`));
      for (const [operation, number, asText] of steps) {
        const thing = things[number] as Thing;
        const reference = asText ? thing.key.toUpperCase() : thing;
        const position = oracle.findIndex((key) => key.toLowerCase() === thing.key.toLowerCase());
        if (operation === 'delete') {
          expect(references.delete(reference)).toBe(position);
          if (position >= 0) oracle.splice(position, 1);
        } else {
          references.add(reference);
          expect(references.indexOf(reference)).toBe(position < 0 ? oracle.length : position);
          if (position < 0) oracle.push(asText ? thing.key.toUpperCase() : thing.key);
        }
      }
      expect(references.keys()).toStrictEqual(oracle);
    }),
  );
});

test('appending leaves a short array as it was', () => {
  const items = ['a'];
  expect(appended(items, 'b')).toStrictEqual(['a', 'b']);
  expect(items).toStrictEqual(['a']);
  expect(appended(undefined, 'b')).toStrictEqual(['b']);
});
