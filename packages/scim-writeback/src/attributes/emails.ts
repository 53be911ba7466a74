import { foldKey, type WireUser } from '@oaa-kit/oaa';
import { isScimObject, type ScimObject, type ScimValue } from '../protocol/schemas/scim-value.ts';

export type EmailFacts = Pick<WireUser, 'email' | 'identities'>;

/** RFC 5321 s4.5.3.1: 64 for the local part, 255 for the domain. */
const longestAddress = 320;

/**
 * Whether a text may be matched to a person of an identity provider as an e-mail address. Among identities of a payload
 * are login names and other keys that SCIM has no place for; and a client that writes `admin` into `emails` must not come
 * to be whoever has that login.
 */
export function isAddress(text: string): boolean {
  return text.length <= longestAddress && /^[^\s@]+@[^\s@]+$/.test(text);
}

/**
 * What a payload says of a user's `emails` (RFC 7643 s4.1.2): the primary one, or the first where none is, as `email`; all
 * addresses as `identities`, that one first, each once.
 */
export function toEmailFacts(emails: ScimValue | undefined): EmailFacts {
  const values = valuesOf(emails);
  const [email] = values;
  const identities = distinct(values.filter(isAddress));
  return { ...(email !== undefined && { email }), ...(identities.length > 0 && { identities }) };
}

/**
 * The `emails` of a user for `email` and `identities`: `email` is the primary one, the identities that are addresses
 * follow. Undefined where there are none.
 */
export function fromEmailFacts({ email, identities }: EmailFacts): readonly ScimObject[] | undefined {
  const isSet = email !== undefined && email.trim() !== '';
  const values = distinct([...(isSet ? [email] : []), ...(identities ?? []).filter(isAddress)]);
  if (values.length === 0) return undefined;
  return values.map((value, index) => scimObject(isSet && index === 0 ? { value, primary: true } : { value }));
}

/**
 * The `emails` that a user has when a payload says `next`: values that were there keep their types and labels, of which a
 * payload knows nothing.
 */
export function withKnownTypes(next: ScimValue | undefined, current: ScimValue | undefined): ScimValue | undefined {
  const known = listOf(current).filter(hasText);
  const emails = listOf(next)
    .filter(hasText)
    .flatMap((email) => {
      const same = known.filter(({ value }) => foldKey(value) === foldKey(email.value));
      if (same.length === 0) return [email];
      return same.map(({ primary: _, ...parts }, index) => {
        return scimObject({
          ...parts,
          value: email.value,
          ...(index === 0 && email.primary === true && { primary: true }),
        });
      });
    });
  return emails.length === 0 ? undefined : emails;
}

/** The values, the primary one first; without the blank ones, which are no addresses of anybody. */
function valuesOf(emails: ScimValue | undefined): readonly string[] {
  const found = listOf(emails).filter(hasText);
  const primary = found.find((one) => Object.hasOwn(one, 'primary') && one.primary === true);
  const ordered = primary === undefined ? found : [primary, ...found.filter((one) => one !== primary)];
  return ordered.map(({ value }) => value);
}

function listOf(emails: ScimValue | undefined): readonly ScimObject[] {
  return Array.isArray(emails) ? (emails as readonly ScimValue[]).filter(isScimObject) : [];
}

function hasText(email: ScimObject): email is ScimObject & { readonly value: string } {
  return Object.hasOwn(email, 'value') && typeof email.value === 'string' && email.value.trim() !== '';
}

/** Each text once, in its first spelling: neither the tenant nor SCIM tells them by case. */
function distinct(texts: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const text of texts) if (!found.has(foldKey(text))) found.set(foldKey(text), text);
  return [...found.values()];
}

function scimObject(parts: ScimObject): ScimObject {
  return Object.assign(Object.create(null), parts);
}
