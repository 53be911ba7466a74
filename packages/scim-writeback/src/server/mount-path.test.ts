import { expect, test } from 'vitest';
import { belowMount } from './mount-path.ts';

test.each([
  ['/scim/Users', '/scim', '/Users'],
  ['/scim', '/scim', '/'],
  ['/scim?a=/b', '/scim', '/?a=/b'],
  ['/scim//Users/', '/scim', '//Users/'],
  ['/Users', '', '/Users'],
  ['/', '', '/'],
  ['http://scim.example.com/scim/Users?a=b', '/scim', '/Users?a=b'],
  ['/scimitar', '/scim', undefined],
  ['/Scim/Users', '/scim', undefined],
  ['/x/scim/Users', '/scim', undefined],
  ['*', '/scim', undefined],
])('%s below %j is %j', (url, mountPath, below) => {
  expect(belowMount(url, mountPath)).toBe(below);
});
