import { notTried, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { withoutCredential, withWrongCredential } from '../shared-answers.ts';

export const wwwAuthenticate: Requirement = {
  code: 'www-authenticate',
  title: 'A 401 names the ways to authenticate',
  source: 'RFC 9110 s15.5.2, RFC 7644 s2',
  fix: 'Send with 401 a header such as "WWW-Authenticate: Bearer realm="scim"".',
  writes: false,
  async check(probe) {
    const answers = [await withoutCredential(probe), await withWrongCredential(probe)];
    const refusals = answers.filter(({ status }) => status === 401);
    if (refusals.length === 0) notTried('nothing is answered with 401', 'no-credential, wrong-credential');
    if (refusals.some(({ headers }) => headers['www-authenticate'] === undefined))
      warn('a 401 has no WWW-Authenticate');
  },
};
