/**
 * The part of a request's URL below a mount path; undefined when it is somewhere else. Absolute URLs, as proxies send
 * them, count by their path. RFC 9112 s3.2.2
 *
 * @param mountPath without a slash at the end: `/scim`, or the empty string for everything.
 */
export function belowMount(url: string, mountPath: string): string | undefined {
  const target = url.startsWith('/') ? url : pathOfAbsolute(url);
  if (target === undefined || !target.startsWith(mountPath)) return undefined;
  const rest = target.slice(mountPath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : undefined;
}

function pathOfAbsolute(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
