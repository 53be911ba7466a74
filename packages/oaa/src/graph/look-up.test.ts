import { describe, expect, test } from 'vitest';
import { OaaError, UsageError } from '../errors/index.ts';
import { accessOf, accessPaths, indexAccess, whoCan } from './index.ts';
import { nested, payloadOf } from './test-payload.ts';

describe('a name that the payload does not have', () => {
  const index = indexAccess(payloadOf({ local_users: [{ id: 'u1', name: 'Jane' }], resources: [nested] }, []));
  const messageOf = (ask: () => unknown): string => {
    try {
      ask();
    } catch (error) {
      if (error instanceof UsageError && error.code === 'not-found') return `${error.message} ${error.hint}`;
      throw error;
    }
    return 'no error';
  };

  test('of a user: the nearest key', () => {
    expect(messageOf(() => accessOf(index, { user: 'u2' }))).toBe(
      'The payload has no user "u2". Did you mean "u1"? A user is named by its id or, without ids, by its name.',
    );
  });

  test('of a user whose name was given although users have ids: the id', () => {
    expect(messageOf(() => accessOf(index, { user: 'jane' }))).toBe(
      'There is no user with the key "jane": this application gives its users ids. Use the id; "Jane" has "u1".',
    );
  });

  test('of a permission', () => {
    expect(messageOf(() => whoCan(index, { permission: 'edits' }))).toBe(
      'The payload has no permission "edits". Did you mean "edit"? A permission is named as in the payload\'s "permissions".',
    );
  });

  test('of a resource', () => {
    expect(messageOf(() => whoCan(index, { permission: 'edit', resource: 'space.pages' }))).toBe(
      'The payload has no resource "space.pages". Did you mean "space.page"? A resource is named by the path from the top resource, joined with ".": ids or, without ids, names.',
    );
    expect(() => accessPaths(index, { user: 'u1', permission: 'edit', resource: 'x' })).toThrow(OaaError);
  });

  test('of an application', () => {
    expect(messageOf(() => accessOf(index, { application: 'wikis', user: 'u1' }))).toBe(
      'The payload has no application "wikis". Did you mean "wiki"? An application is named as in the payload\'s "applications".',
    );
  });
});
