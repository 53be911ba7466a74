import { BlockList, isIP } from 'node:net';
import { UsageError } from '@oaa-kit/oaa';

/** Whether a connection comes from a proxy whose `X-Forwarded-*` are believed. */
export type TrustedProxies = (remoteAddress: string | undefined) => boolean;

/**
 * Compiles a list of addresses and ranges, IPv4 and IPv6: `10.0.0.0/8`, `::1`. IPv4 addresses are recognised in their
 * IPv6 form as well (`::ffff:10.0.0.1`), which is how sockets that listen on both report them.
 *
 * @throws UsageError for an entry that is neither address nor range.
 */
export function trustProxies(entries: readonly string[]): TrustedProxies {
  // Most services have none, and are asked with each request.
  if (entries.length === 0) return () => false;
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry);
  return (remoteAddress) => {
    const family = remoteAddress === undefined ? 0 : isIP(remoteAddress);
    return remoteAddress !== undefined && family !== 0 && list.check(remoteAddress, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function addEntry(list: BlockList, entry: string): void {
  const [, address = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(entry.trim()) ?? [];
  const family = isIP(address);
  const bits = prefix === undefined ? undefined : Number(prefix);
  if (family === 0 || (bits !== undefined && bits > (family === 4 ? 32 : 128))) {
    throw new UsageError('setting-invalid', `"${entry}" is neither an IP address nor a range of them.`, {
      hint: 'Name proxies like 10.0.0.7, 10.0.0.0/8 or fd00::/8.',
    });
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (bits === undefined) list.addAddress(address, type);
  else list.addSubnet(address, bits, type);
}
