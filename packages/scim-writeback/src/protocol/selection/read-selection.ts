import { ScimError } from '../errors/scim-error.ts';
import type { Profile } from '../profile.ts';
import type { SelectionRequest } from './compile-selection.ts';

/** The parameters as they come: comma-separated in a query, a list in the body of a search. */
export interface SelectionParameters {
  readonly attributes?: string | readonly string[] | undefined;
  readonly excludedAttributes?: string | readonly string[] | undefined;
}

/**
 * Reads `attributes` and `excludedAttributes`. Empty ones are as good as none.
 *
 * @throws ScimError 400 `invalidValue` where both are given and the profile does not let one win.
 */
export function readSelection(parameters: SelectionParameters, profile: Profile): SelectionRequest {
  const attributes = readNames(parameters.attributes);
  const excludedAttributes = readNames(parameters.excludedAttributes);
  if (attributes === undefined) return excludedAttributes === undefined ? {} : { excludedAttributes };
  if (excludedAttributes !== undefined && profile.bothSelections === 'reject') {
    // RFC 7644 s3.9.
    throw new ScimError(400, 'invalidValue', 'Give attributes or excludedAttributes, not both.');
  }
  return { attributes };
}

function readNames(parameter: string | readonly string[] | undefined): readonly string[] | undefined {
  const texts = typeof parameter === 'string' ? [parameter] : (parameter ?? []);
  const names = texts
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 ? undefined : names;
}
