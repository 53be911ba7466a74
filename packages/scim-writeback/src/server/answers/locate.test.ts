import { expect, test } from 'vitest';
import { locateBelow, locationTexts } from './locate.ts';

test('an id is one segment of the URL, whatever is in it', () => {
  const locate = locateBelow('https://scim.example.com/v2', { User: '/Users', Group: '/Groups' });
  expect(locate('User', '1')).toBe('https://scim.example.com/v2/Users/1');
  expect(locate('Group', '../a b/é?#')).toBe('https://scim.example.com/v2/Groups/..%2Fa%20b%2F%C3%A9%3F%23');
});

test('the JSON of locations is that of the URLs, also where the path has to be escaped', () => {
  const ids = ['1', '0193a7c2-9f1e-7d3a', '"', 'a\\b', '\u2028', '..', 'a b'];
  for (const path of ['/Users', '/"Users"', '/\\\u0001']) {
    const locate = locateBelow('https://scim.example.com/v2', { User: path, Group: '/Groups' });
    const text = locationTexts(locate, 'User');
    for (const id of ids) expect(text(id)).toBe(JSON.stringify(locate('User', id)));
  }
});
