import { UsageError } from '@oaa-kit/oaa';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { checkedMountPath, pathText } from '../mount-path.ts';
import type { ScimRequest, ScimServiceOptions } from '../scim-service.ts';
import { trustProxies } from './trusted-proxies.ts';

/** Gives the public URL of the service for one request, without a slash at the end. */
export type BaseUrls = (request: ScimRequest, versioned: boolean) => string;

/** A name, an IPv4 address or an IPv6 address in brackets, and a port. RFC 3986 s3.2.2, without what nobody calls a host. */
const hostText = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/**
 * Where clients find the service: as set, or as the request says, with the scheme of its connection. `Host` is what the client called us; it is checked, and
 * only comes back to the client who sent it. `X-Forwarded-*` count only when a trusted proxy is at the other end: anybody
 * else could put a foreign name into the locations that are given out.
 *
 * @throws UsageError for settings that are no URL, path or address.
 */
export function baseUrls(options: Pick<ScimServiceOptions, 'baseUrl' | 'mountPath' | 'trustedProxies'>): BaseUrls {
  const mountPath = checkedMountPath(options.mountPath ?? '');
  const isTrusted = trustProxies(options.trustedProxies ?? []);
  if (options.baseUrl !== undefined) {
    const fixed = checkedBaseUrl(options.baseUrl);
    return () => fixed;
  }
  return ({ headers, remoteAddress, scheme: spoken = 'http' }, versioned) => {
    const said = isTrusted(remoteAddress) ? forwarded(headers) : undefined;
    const scheme = (said?.proto ?? spoken).toLowerCase();
    const host = said?.host ?? headers.host ?? '';
    const prefix = (said?.prefix ?? '').replace(/\/+$/, '');
    if ((scheme !== 'http' && scheme !== 'https') || !hostText.test(host) || !pathText.test(prefix)) {
      throw new ScimError(400, undefined, 'The request does not say by which host it was sent.');
    }
    return `${scheme}://${host.toLowerCase()}${prefix}${mountPath}${versioned ? '/v2' : ''}`;
  };
}

/** What a proxy says of the request that it passes on. */
function forwarded(headers: ScimRequest['headers']) {
  return {
    proto: lastOf(headers['x-forwarded-proto']),
    host: lastOf(headers['x-forwarded-host']),
    prefix: lastOf(headers['x-forwarded-prefix']),
  };
}

/** Of several proxies in a row, each appends; the last one is what the trusted proxy itself says. */
function lastOf(header: string | undefined): string | undefined {
  const last = header?.split(',').at(-1)?.trim();
  return last === '' ? undefined : last;
}

function checkedBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isHttp || `${url.search}${url.hash}${url.username}${url.password}` !== '') {
    throw new UsageError(
      'setting-invalid',
      'The base URL has to be an http or https URL without query or credentials.',
      {
        hint: 'Set it to what clients are configured with: https://scim.example.com/v2',
      },
    );
  }
  return url.href.replace(/\/+$/, '');
}
