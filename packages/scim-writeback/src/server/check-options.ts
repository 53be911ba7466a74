import { UsageError } from '@oaa-kit/oaa';
import type { ResourceKind } from '../directory/directory.ts';
import type { Profile } from '../protocol/profile.ts';
import type { ResourceType } from '../protocol/schemas/schema.ts';
import type { ServiceLimits } from './scim-service.ts';

/** A directory would keep them as they were sent. */
export function refusePasswords({ passwords }: Profile): void {
  if (passwords === 'discard') return;
  throw new UsageError('setting-invalid', 'The profile keeps passwords, which this service has no use for.', {
    hint: 'Set passwords of the profile to "discard".',
  });
}

/** What stands for something else directly below the base URL (RFC 7644 s3.2, s3.13), in lower case. */
const reservedNames: ReadonlySet<string> = new Set([
  'me',
  'bulk',
  'schemas',
  'resourcetypes',
  'serviceproviderconfig',
  'v2',
]);

/** A directory knows its kinds by these names, and resources say them in `meta.resourceType`. */
export function checkTypes(types: Readonly<Record<ResourceKind, ResourceType>>): void {
  for (const [kind, { name, endpoint }] of Object.entries(types)) {
    if (reservedNames.has(endpoint.slice(1).toLowerCase())) {
      throw new UsageError('setting-invalid', `The endpoint ${endpoint} of ${name} means something else in SCIM.`, {
        hint: `Take another one, such as /${kind}s.`,
      });
    }
    if (name === kind && /^\/[A-Za-z][A-Za-z0-9_-]*$/.test(endpoint)) continue;
    throw new UsageError('setting-invalid', `The resource type ${name} at "${endpoint}" cannot be served as ${kind}.`, {
      hint: `Name it ${kind}, with an endpoint of one part, such as /${kind}s.`,
    });
  }
  if (types.User.endpoint === types.Group.endpoint) {
    throw new UsageError('setting-invalid', 'Users and groups cannot have the same endpoint.');
  }
}

/** Bounds are whole numbers, and what is given by default may be given. */
export function checkLimits(limits: ServiceLimits): void {
  const wrong = Object.entries(limits).find(([, value]) => !Number.isSafeInteger(value) || value < 1);
  if (wrong !== undefined)
    throw new UsageError('setting-invalid', `The limit ${wrong[0]} has to be a whole number above 0.`);
  if (limits.defaultCount <= limits.maxCount) return;
  throw new UsageError('setting-invalid', 'The limit defaultCount is above maxCount.');
}
