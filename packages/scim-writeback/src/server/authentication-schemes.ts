import type { AuthenticationScheme } from '../protocol/discovery/service-provider-config.ts';

const known: Readonly<Record<string, AuthenticationScheme>> = {
  bearer: {
    type: 'oauthbearertoken',
    name: 'Bearer token',
    description: 'A token of this service in the header Authorization.',
    specUri: 'https://www.rfc-editor.org/info/rfc6750',
  },
  basic: {
    type: 'httpbasic',
    name: 'HTTP Basic',
    description: 'User name and password in the header Authorization.',
    specUri: 'https://www.rfc-editor.org/info/rfc7617',
  },
};

/** The ways to log in that answers to nobody in particular name, as ServiceProviderConfig shows them. RFC 7643 s5. */
export function authenticationSchemes(challenges: readonly string[]): readonly AuthenticationScheme[] {
  const names = challenges.map((challenge) => challenge.trim().split(' ')[0]?.toLowerCase() ?? '');
  const schemes = [...new Set(names)].flatMap((name) => (Object.hasOwn(known, name) ? (known[name] ?? []) : []));
  return schemes.map((scheme, index) => (index === 0 ? { ...scheme, primary: true } : scheme));
}
