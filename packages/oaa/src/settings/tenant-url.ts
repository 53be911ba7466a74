import { isIPv4 } from 'node:net';

/** Either the normalised URL, or why it cannot be used. */
export type TenantUrl = { readonly url: string } | { readonly problem: string };

/** Whether a host name or address stays on this machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
  );
}

/**
 * A tenant's address as the Python SDK takes it: `https://` is put in front when there is no scheme, slashes at the end
 * are cut. `http://` is taken for this machine only, because the API key would travel in the clear.
 *
 * @example
 * normaliseTenantUrl('acme.vezacloud.com/'); // { url: 'https://acme.vezacloud.com' }
 */
export function normaliseTenantUrl(text: string): TenantUrl {
  const trimmed = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(withScheme)) return { problem: 'is not a URL such as https://acme.vezacloud.com' };
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problem: `begins with ${url.protocol}// but must begin with https://` };
  }
  if (url.username !== '' || url.password !== '') {
    return { problem: 'holds a user name or password; a tenant takes an API key only' };
  }
  if (url.search !== '' || url.hash !== '') return { problem: 'holds a query or fragment; give scheme and host only' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { problem: `begins with http://, which would send the API key to ${url.host} unencrypted; use https://` };
  }
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}
