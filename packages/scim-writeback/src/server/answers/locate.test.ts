import { expect, test } from 'vitest';
import { locateBelow } from './locate.ts';

test('an id is one segment of the URL, whatever is in it', () => {
  const locate = locateBelow('https://scim.example.com/v2', { User: '/Users', Group: '/Groups' });
  expect(locate('User', '1')).toBe('https://scim.example.com/v2/Users/1');
  expect(locate('Group', '../a b/é?#')).toBe('https://scim.example.com/v2/Groups/..%2Fa%20b%2F%C3%A9%3F%23');
});
