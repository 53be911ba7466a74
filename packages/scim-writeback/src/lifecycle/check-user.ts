import { InputError } from '@oaa-kit/oaa';
import type { Dialect } from '../client/dialects.ts';
import { isJsonObject, type JsonObject, member } from '../client/json.ts';

function textAt(user: JsonObject, path: string): string | undefined {
  const [name = '', sub] = path.split('.');
  const value = member(user, name);
  const text = sub === undefined ? value : isJsonObject(value) ? member(value, sub) : undefined;
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

/** RFC 7643 s2.4: the value with `primary: true`. */
function primaryEmail(user: JsonObject): unknown {
  const emails = member(user, 'emails');
  const primary = Array.isArray(emails)
    ? emails.find((email) => isJsonObject(email) && email.primary === true)
    : undefined;
  return isJsonObject(primary) ? primary.value : undefined;
}

/**
 * Whether a dialect takes a user that is to be made.
 *
 * @throws InputError `input-invalid` with every problem
 */
export function checkNewUser(user: JsonObject, dialect: Dialect): void {
  const problems = dialect.requiredUserAttributes
    .filter((path) => textAt(user, path) === undefined)
    .map((path) => `${path} is missing`);
  const email = primaryEmail(user);
  if (dialect.userNameIsEmail && email === undefined) problems.push('no e-mail address is primary');
  else if (dialect.userNameIsEmail && email !== textAt(user, 'userName')) {
    problems.push('userName is not the primary e-mail address');
  }
  if (problems.length === 0) return;
  throw new InputError('input-invalid', `The user cannot be made: ${problems.join('; ')}.`, {
    hint: `The dialect "${dialect.name}" asks for this. Nothing was changed.`,
  });
}
