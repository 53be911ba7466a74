import { createResource } from './create-resource.ts';
import { deleteResource } from './delete-resource.ts';
import type { Exchange, Handler } from './exchange.ts';
import { getResource } from './get-resource.ts';
import { listResources } from './list-resources.ts';
import { patchResource } from './patch-resource.ts';
import { replaceResource } from './replace-resource.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import type { Route } from './route.ts';

/** The paths of one kind of resource, the more special ones first. RFC 7644 s3.2. */
export function resourceRoutes(endpoint: ResourceEndpoint): readonly Route[] {
  const { kind, limits } = endpoint;
  const path = endpoint.paths[kind];
  const bodyBytes = kind === 'User' ? limits.userBodyBytes : limits.groupBodyBytes;
  const bind =
    (operation: (exchange: Exchange, endpoint: ResourceEndpoint) => ReturnType<Handler>): Handler =>
    (exchange) =>
      operation(exchange, endpoint);
  return [
    {
      access: 'scim',
      template: path,
      methods: new Map([
        ['GET', bind(listResources)],
        ['POST', bind(createResource)],
      ]),
      bodyBytes,
    },
    // RFC 7644 s3.4.3.
    { access: 'off', template: `${path}/.search`, feature: 'A search by POST' },
    {
      access: 'scim',
      template: `${path}/{id}`,
      methods: new Map([
        ['GET', bind(getResource)],
        ['PUT', bind(replaceResource)],
        ['PATCH', bind(patchResource)],
        ['DELETE', bind(deleteResource)],
      ]),
      bodyBytes,
    },
  ];
}
