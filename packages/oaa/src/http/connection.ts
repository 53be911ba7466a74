import { X509Certificate } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { AxiosProxyConfig } from 'axios';
import { UsageError } from '../errors/index.ts';
import { proxyAuthOf } from './auth.ts';
import type { HttpClientOptions } from './http-types.ts';
import type { RemoteWords } from './remote-words.ts';

/** Sockets, trust and the way to the remote side: made once for each client. */
export interface Connection {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  readonly proxy: AxiosProxyConfig | false;
  /** The proxy's scheme, host and port, without credentials. */
  readonly proxyOrigin: string | undefined;
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates of a PEM file; throws what OpenSSL says about a bad one. */
function readCertificates(pem: string): string[] {
  const certificates = pem.match(pemCertificate) ?? [];
  for (const certificate of certificates) new X509Certificate(certificate);
  return certificates;
}

/**
 * Trust in the usual authorities and those of the PEM text.
 *
 * @throws UsageError `setting-invalid` when the text holds no certificate, or a broken one
 */
function secureContext(ca: string, words: RemoteWords): SecureContext {
  let certificates: string[] = [];
  try {
    certificates = readCertificates(ca);
  } catch {
    // reported below
  }
  if (certificates.length === 0) {
    throw new UsageError('setting-invalid', 'The certificate authority file is not a list of PEM certificates.', {
      hint: `Set ${words.settings.caFile} to text that begins with -----BEGIN CERTIFICATE-----.`,
    });
  }
  return createSecureContext({ ca: [...getCACertificates('default'), ...certificates] });
}

function badProxyAuth({ settings }: RemoteWords): UsageError {
  return new UsageError(
    'setting-invalid',
    'The user name or password of the proxy is not percent-encoded as a URL has to be (not shown).',
    { hint: `In ${settings.proxy}, write % as %25, and everything else but letters and digits in the same way.` },
  );
}

function proxyConfig(proxyUrl: string, words: RemoteWords): { proxy: AxiosProxyConfig; proxyOrigin: string } {
  const url = URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError('setting-invalid', 'The proxy must be an http:// or https:// URL.', {
      hint: `Set ${words.settings.proxy} to something like http://proxy.example.com:8080.`,
    });
  }
  const proxy: AxiosProxyConfig = {
    protocol: url.protocol,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
  };
  if (url.username !== '') {
    const auth = proxyAuthOf(url);
    if (auth === undefined) throw badProxyAuth(words);
    proxy.auth = auth;
  }
  return { proxy, proxyOrigin: url.origin };
}

/** @throws UsageError `setting-invalid` when the certificates or the proxy cannot be used */
export function createConnection(options: HttpClientOptions, words: RemoteWords): Connection {
  const httpsAgent = new HttpsAgent({
    keepAlive: true,
    rejectUnauthorized: options.tls?.verify !== false,
    ...(options.tls?.ca === undefined ? {} : { secureContext: secureContext(options.tls.ca, words) }),
  });
  const httpAgent = new HttpAgent({ keepAlive: true });
  if (options.proxyUrl === undefined) return { httpAgent, httpsAgent, proxy: false, proxyOrigin: undefined };
  return { httpAgent, httpsAgent, ...proxyConfig(options.proxyUrl, words) };
}
