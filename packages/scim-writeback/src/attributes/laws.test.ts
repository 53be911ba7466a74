import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardProfile } from '../protocol/profile.ts';
import { normaliseResource } from '../protocol/resource/normalise-resource.ts';
import { bodies } from '../protocol/resource/test-bodies.ts';
import { comparableLocalUser, comparableScimUser, differingPaths } from './comparable.ts';
import { fromLocalUser, toLocalUser } from './local-user.ts';
import { overlayUser } from './overlay.ts';
import { takeFacts } from './take-facts.ts';
import { customUsers, users } from './test-mapping.ts';
import { extractedUsers, losslessUsers } from './test-users.ts';

describe.each([
  ['users', users],
  ['users with a custom extension', customUsers],
])('for %s', (_name, mapping) => {
  const lossless = losslessUsers(mapping);
  const extracted = extractedUsers(mapping);
  const stored = bodies(mapping.schema).map((body) => normaliseResource(body, mapping.schema, standardProfile));

  test('a local user without anything lossy comes back from SCIM as it was', () => {
    fc.assert(
      fc.property(lossless, (user) => {
        const scim = fromLocalUser(user, mapping);
        expect(scim.diagnostics).toEqual([]);
        expect(toLocalUser(scim, mapping)).toEqual({ user, diagnostics: [] });
      }),
    );
  });

  test('and the SCIM user that it is comes back from the payload as it was', () => {
    fc.assert(
      fc.property(lossless, (user) => {
        const scim = fromLocalUser(user, mapping);
        expect(fromLocalUser(toLocalUser(scim, mapping).user, mapping)).toEqual(scim);
      }),
    );
  });

  test('any SCIM user equals what a payload says of it', () => {
    fc.assert(
      fc.property(stored, (attributes) => {
        const { user } = toLocalUser({ attributes }, mapping);
        expect(differingPaths(comparableScimUser(attributes, mapping), comparableLocalUser(user, mapping))).toEqual([]);
        const back = fromLocalUser(user, mapping).attributes;
        expect(differingPaths(comparableScimUser(attributes, mapping), comparableScimUser(back, mapping))).toEqual([]);
      }),
    );
  });

  test('any local user equals the SCIM user that it seeds, and is published as it was extracted', () => {
    fc.assert(
      fc.property(extracted, (user) => {
        const seeded = fromLocalUser(user, mapping);
        expect(
          differingPaths(comparableLocalUser(user, mapping), comparableScimUser(seeded.attributes, mapping)),
        ).toEqual([]);
        expect(overlayUser(user, seeded, mapping).user).toEqual({
          ...user,
          ...(user.created_at === undefined && seeded.created !== undefined && { created_at: seeded.created }),
        });
      }),
    );
  });

  test('what is seeded is what a client could have written', () => {
    fc.assert(
      fc.property(extracted, (user) => {
        const { attributes } = fromLocalUser({ ...user, is_active: true }, mapping);
        expect(normaliseResource(attributes, mapping.schema, standardProfile, attributes)).toEqual(attributes);
      }),
    );
  });

  test('whatever a base says, what is published of a user is what the directory says', () => {
    fc.assert(
      fc.property(extracted, stored, (base, attributes) => {
        const { user } = overlayUser(base, { attributes }, mapping);
        const directory = comparableScimUser(attributes, mapping);
        const published = comparableLocalUser(user, mapping);
        expect(differingPaths(directory, published)).toEqual([]);
      }),
    );
  });

  test('a user that takes all that differs from a local user says the same as it', () => {
    fc.assert(
      fc.property(extracted, stored, (base, attributes) => {
        const wanted = comparableLocalUser(base, mapping);
        const paths = differingPaths(wanted, comparableScimUser(attributes, mapping));
        const taken = takeFacts(attributes, fromLocalUser(base, mapping).attributes, paths, mapping);
        expect(differingPaths(wanted, comparableScimUser(taken, mapping))).toEqual([]);
      }),
    );
  });

  test('nothing of it changes what all objects share', () => {
    fc.assert(
      fc.property(extracted, (user) => {
        overlayUser(user, fromLocalUser(user, mapping), mapping);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });
});
