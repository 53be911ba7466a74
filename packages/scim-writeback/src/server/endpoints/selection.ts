import { compileSelection, type SelectionRequest } from '../../protocol/selection/compile-selection.ts';
import { readSelection } from '../../protocol/selection/read-selection.ts';
import { locateBelow } from '../answers/locate.ts';
import type { View } from '../answers/view.ts';
import { neverWhole } from '../answers/whole-text.ts';
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
  const { schema, paths, defaultPlan, isWhole } = endpoint;
  const { attributes, excludedAttributes, written = [] } = selection;
  const isDefault = attributes === undefined && excludedAttributes === undefined && written.length === 0;
  return {
    directory,
    locate: locateBelow(baseUrl, paths),
    plan: isDefault ? defaultPlan : compileSelection(schema, selection),
    isWhole: isDefault ? isWhole : neverWhole,
  };
}
