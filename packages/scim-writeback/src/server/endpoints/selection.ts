import {
  compileSelection,
  type SelectionPlan,
  type SelectionRequest,
} from '../../protocol/selection/compile-selection.ts';
import { readSelection } from '../../protocol/selection/read-selection.ts';
import { locateBelow } from '../answers/locate.ts';
import type { View } from '../answers/view.ts';
import type { Exchange } from './exchange.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';

/**
 * Reads which attributes the answer is to show, for queries and changes alike (RFC 7644 s3.9). Changes do it before they
 * change anything.
 *
 * @throws ScimError 400 as `readSelection`
 */
export function selectionOf({ query }: Exchange, { profile }: ResourceEndpoint): SelectionRequest {
  return readSelection(
    { attributes: query.all('attributes'), excludedAttributes: query.all('excludedAttributes') },
    profile,
  );
}

/** How an answer shows resources. */
export function viewOf(
  { directory, baseUrl }: Exchange,
  endpoint: ResourceEndpoint,
  selection: SelectionRequest,
): View {
  return { directory, locate: locateBelow(baseUrl, endpoint.paths), plan: planOf(endpoint, selection) };
}

function planOf({ schema, defaultPlan }: ResourceEndpoint, selection: SelectionRequest): SelectionPlan {
  const { attributes, excludedAttributes, written = [] } = selection;
  const isDefault = attributes === undefined && excludedAttributes === undefined && written.length === 0;
  return isDefault ? defaultPlan : compileSelection(schema, selection);
}
