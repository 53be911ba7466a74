import { resourceTypeDocument } from '../../protocol/discovery/resource-type-document.ts';
import { schemaDocuments } from '../../protocol/discovery/schema-document.ts';
import { type ServiceFeatures, serviceProviderConfig } from '../../protocol/discovery/service-provider-config.ts';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { listResponse } from '../../protocol/list/list-response.ts';
import type { ResourceType } from '../../protocol/schemas/schema.ts';
import { foldName } from '../../protocol/text/fold-name.ts';
import type { PublicHandler } from './exchange.ts';
import type { PublicRoute } from './route.ts';

/** What the service says of itself, to anybody. RFC 7643 s5 to s7, RFC 7644 s4. */
export function discoveryRoutes(features: ServiceFeatures, types: readonly ResourceType[]): readonly PublicRoute[] {
  const typeDocuments = (baseUrl: string) => types.map((type) => resourceTypeDocument(type, baseUrl));
  return [
    route('/ServiceProviderConfig', ({ baseUrl }) => serviceProviderConfig(features, baseUrl)),
    route('/ResourceTypes', ({ baseUrl }) => wholeList(typeDocuments(baseUrl))),
    route('/ResourceTypes/{id}', ({ baseUrl, id }) =>
      found(typeDocuments(baseUrl).find((document) => document.id === id)),
    ),
    route('/Schemas', ({ baseUrl }) => wholeList(schemaDocuments(types, baseUrl))),
    route('/Schemas/{id}', ({ baseUrl, id }) =>
      found(schemaDocuments(types, baseUrl).find((document) => foldName(document.id) === foldName(id))),
    ),
  ];
}

function route(template: string, read: (exchange: Parameters<PublicHandler>[0]) => object): PublicRoute {
  return {
    access: 'public',
    template,
    get: (exchange) => ({ status: 200, body: JSON.stringify(read(exchange)) }),
  };
}

/** RFC 7644 s4: parameters for sorting and paging are ignored. */
function wholeList<Document>(documents: readonly Document[]): object {
  return listResponse({ resources: documents, totalResults: documents.length, startIndex: 1 });
}

function found<Document>(document: Document | undefined): Document {
  if (document !== undefined) return document;
  throw new ScimError(404, undefined, 'There is no such document.');
}
