import { member } from '../client/json.ts';
import type { ScimRequest } from '../client/scim-request.ts';
import { readResource, type ScimAnswer, unexpectedAnswer } from '../client/scim-resource.ts';
import { foldCase } from '../protocol/text/fold-case.ts';

/**
 * The id of what was made. The next action would be on whoever has it: so what is shown has to be what was asked for.
 *
 * @throws RemoteError `response-invalid` for an answer without an id, or that shows another name
 */
export function readMade(
  request: ScimRequest,
  answer: ScimAnswer,
  attribute: 'userName' | 'displayName',
  name: string,
): string {
  const { id, attributes } = readResource(request, answer);
  const shown = member(attributes, attribute);
  if (typeof shown === 'string' && foldCase(shown) !== foldCase(name)) {
    throw unexpectedAnswer(request, `shows another ${attribute} than was sent`, answer.status);
  }
  return id;
}
