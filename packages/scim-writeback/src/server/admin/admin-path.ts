import { UsageError } from '@oaa-kit/oaa';
import { belowMount, checkedMountPath } from '../mount-path.ts';

/** Of the standalone server. */
const taken = ['/healthz', '/readyz', '/metrics'];

/**
 * The path of the administration API, without a slash at its end. It lies apart from that of the SCIM service, so that a proxy
 * can let clients reach one and not the other.
 *
 * @param mountPath of the SCIM service, as `checkedMountPath` gives it
 * @throws UsageError
 */
export function checkedAdminPath(adminPath: string, mountPath: string): string {
  const path = checkedMountPath(adminPath);
  const refuse = (why: string, hint: string) =>
    new UsageError('setting-invalid', `The administration API cannot be at "${adminPath}": ${why}.`, { hint });
  if (path === '') throw refuse('it needs a path of its own', 'Set it to /admin, say.');
  if (belowMount(path, mountPath) !== undefined || belowMount(mountPath, path) !== undefined) {
    const scim = mountPath === '' ? 'the top, at which the SCIM service is' : `${mountPath}, where the SCIM service is`;
    throw refuse(
      `it lies within ${scim}, or the other way round`,
      'Take another path, such as /admin, and where the SCIM service is at the top give it one of its own with --mount-path (mountPath).',
    );
  }
  if (taken.includes(path))
    throw refuse('this server answers something else there', 'Take another path, such as /admin.');
  return path;
}
