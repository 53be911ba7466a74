import { isLoopback } from './tenant-url.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The lower-case form wins, as in curl. */
function variable(env: Environment, name: string): string | undefined {
  return env[name.toLowerCase()] || env[name] || undefined;
}

/** Whether one entry of `NO_PROXY` covers a host: `*`, `host`, `.domain`, `domain`, each with an optional port. */
function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  const urlPort = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (port !== undefined && port !== urlPort) return false;
  const domain = name.replace(/^\*?\./, '');
  const host = url.hostname.toLowerCase();
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/** Whether `NO_PROXY` says that a URL is reached directly. */
export function bypassesProxy(url: string, env: Environment): boolean {
  const parsed = new URL(url);
  return (variable(env, 'NO_PROXY') ?? '')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => covers(entry, parsed));
}

/** The proxy that `HTTPS_PROXY` or `HTTP_PROXY` names for a URL; never one for this machine itself. */
export function proxyFromEnvironment(url: string, env: Environment): string | undefined {
  const { protocol, hostname } = new URL(url);
  const proxy = variable(env, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === undefined || isLoopback(hostname) || bypassesProxy(url, env)) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}
