import { UsageError } from '@oaa-kit/oaa';

/** Plain segments, each with a slash in front: what needs no decoding, and is compared as it stands. */
export const pathText = /^(?:\/[A-Za-z0-9._~-]+)*$/;

/**
 * A mount path as it is used: without slashes at its end, and so empty for the top.
 *
 * @throws UsageError for what is no path of plain segments
 */
export function checkedMountPath(mountPath: string): string {
  const path = mountPath.replace(/\/+$/, '');
  if (pathText.test(path)) return path;
  throw new UsageError('setting-invalid', `"${mountPath}" is no path to mount the service at.`, {
    hint: 'Give it a leading slash, and letters, digits, "-", "_", "." and "~": /scim',
  });
}

/**
 * The part of a request's URL below a mount path; undefined when it is somewhere else. Absolute URLs, as proxies send
 * them, count by their path. RFC 9112 s3.2.2
 *
 * @param mountPath as `checkedMountPath` gives it: `/scim`, or the empty string for everything.
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
