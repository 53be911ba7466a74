import { UsageError } from '@oaa-kit/oaa';
import type { ServiceFeatures } from '../protocol/discovery/service-provider-config.ts';
import { type Profile, standardProfile } from '../protocol/profile.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import { authenticationSchemes } from './authentication-schemes.ts';
import { type BaseUrls, baseUrls } from './base-url/base-url.ts';
import { discoveryRoutes } from './endpoints/discovery-routes.ts';
import { offRoutes } from './endpoints/off-routes.ts';
import { resourceRoutes } from './endpoints/resource-routes.ts';
import type { ScimServiceOptions, ServiceLimits } from './scim-service.ts';
import { createRouter, type Router } from './steps/find-route.ts';

/** The options of a service, checked and compiled. */
export interface ServiceSettings extends ScimServiceOptions {
  readonly router: Router;
  readonly baseUrls: BaseUrls;
  readonly limits: ServiceLimits;
}

/** A PUT of a group with 100,000 members, each with its display name, has about 10 MB. */
const defaultLimits: ServiceLimits = { bodyBytes: 16_777_216, defaultCount: 100, maxCount: 1000 };

/** @throws UsageError for options that the service cannot be run with */
export function compileSettings(options: ScimServiceOptions): ServiceSettings {
  const { authenticator, documentationUri, profile = standardProfile } = options;
  const { userType = userResourceType, groupType = groupResourceType } = options;
  refusePasswords(profile);
  const limits = checkedLimits({ ...defaultLimits, ...options.limits });
  const paths = { User: userType.endpoint, Group: groupType.endpoint };
  const features: ServiceFeatures = {
    patch: true,
    filter: { supported: true, maxResults: limits.maxCount },
    changePassword: false,
    sort: true,
    etag: true,
    authenticationSchemes: authenticationSchemes(authenticator.challenges),
    ...(documentationUri !== undefined && { documentationUri }),
  };
  const shared = { profile, bounds: limits, paths };
  return {
    ...options,
    limits,
    baseUrls: baseUrls(options),
    router: createRouter([
      ...discoveryRoutes(features, [userType, groupType]),
      ...resourceRoutes({ kind: 'User', schema: new ResourceSchema(userType), ...shared }),
      ...resourceRoutes({ kind: 'Group', schema: new ResourceSchema(groupType), ...shared }),
      ...offRoutes,
    ]),
  };
}

/** A directory would keep them as they were sent. */
function refusePasswords({ passwords }: Profile): void {
  if (passwords === 'discard') return;
  throw new UsageError('setting-invalid', 'The profile keeps passwords, which this service has no use for.', {
    hint: 'Set passwords of the profile to "discard".',
  });
}

function checkedLimits(limits: ServiceLimits): ServiceLimits {
  const wrong = Object.entries(limits).find(([, value]) => !Number.isSafeInteger(value) || value < 1);
  if (wrong !== undefined)
    throw new UsageError('setting-invalid', `The limit ${wrong[0]} has to be a whole number above 0.`);
  if (limits.defaultCount <= limits.maxCount) return limits;
  throw new UsageError('setting-invalid', 'The limit defaultCount is above maxCount.');
}
