import type { ResourceKind } from '../directory/directory.ts';
import type { ServiceFeatures } from '../protocol/discovery/service-provider-config.ts';
import { standardProfile } from '../protocol/profile.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import type { ResourceType } from '../protocol/schemas/schema.ts';
import { compileSelection } from '../protocol/selection/compile-selection.ts';
import { wholeTextTest } from './answers/whole-text.ts';
import { authenticationSchemes } from './authentication-schemes.ts';
import { type BaseUrls, baseUrls } from './base-url/base-url.ts';
import { checkLimits, checkTypes, refusePasswords } from './check-options.ts';
import { discoveryRoutes } from './endpoints/discovery-routes.ts';
import { offRoutes } from './endpoints/off-routes.ts';
import type { ResourceEndpoint } from './endpoints/resource-endpoint.ts';
import { resourceRoutes } from './endpoints/resource-routes.ts';
import { withKeptReferences } from './kept-references.ts';
import type { ScimServiceOptions, ServiceLimits } from './scim-service.ts';
import { createRouter, type Router } from './steps/find-route.ts';

/** The options of a service, checked and compiled. */
export interface ServiceSettings extends ScimServiceOptions {
  readonly router: Router;
  readonly baseUrls: BaseUrls;
  readonly limits: ServiceLimits;
}

const defaultLimits: ServiceLimits = {
  userBodyBytes: 1_048_576,
  groupBodyBytes: 33_554_432,
  defaultCount: 100,
  maxCount: 1000,
  scanTests: 20_000_000,
};

/** @throws UsageError for options that the service cannot be run with */
export function compileSettings(options: ScimServiceOptions): ServiceSettings {
  const { authenticator, documentationUri, profile = standardProfile } = options;
  const userType = withKeptReferences('User', options.userType ?? userResourceType);
  const groupType = withKeptReferences('Group', options.groupType ?? groupResourceType);
  refusePasswords(profile);
  checkTypes({ User: userType, Group: groupType });
  const limits = { ...defaultLimits, ...options.limits };
  checkLimits(limits);
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
  const endpoint = (kind: ResourceKind, type: ResourceType): ResourceEndpoint => {
    const schema = new ResourceSchema(type);
    const defaultPlan = compileSelection(schema, {});
    return { kind, schema, defaultPlan, isWhole: wholeTextTest(defaultPlan, schema), profile, limits, paths };
  };
  return {
    ...options,
    limits,
    baseUrls: baseUrls(options),
    router: createRouter([
      ...discoveryRoutes(features, [userType, groupType]),
      ...resourceRoutes(endpoint('User', userType)),
      ...resourceRoutes(endpoint('Group', groupType)),
      ...offRoutes,
    ]),
  };
}
