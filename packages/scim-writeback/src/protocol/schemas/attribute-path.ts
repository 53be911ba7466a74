/** An attribute as a client names it, before it is looked up: the schema decides whether there is such a thing. */
export interface AttributePath {
  /** What stands before the last colon. */
  readonly urn: string | undefined;
  readonly name: string;
  /** What stands behind the first dot after the URN. */
  readonly sub: string | undefined;
}

/**
 * Takes an attribute path apart: `userName`, `name.givenName`, `urn:ietf:params:scim:schemas:core:2.0:User:name.givenName`.
 * Dots and digits of the URN do not split it. Nothing is checked; {@link printAttributePath} gives the text back.
 */
export function splitAttributePath(text: string): AttributePath {
  const colon = text.lastIndexOf(':');
  const dot = text.indexOf('.', colon + 1);
  return {
    urn: colon < 0 ? undefined : text.slice(0, colon),
    name: text.slice(colon + 1, dot < 0 ? undefined : dot),
    sub: dot < 0 ? undefined : text.slice(dot + 1),
  };
}

/** The text of a path. */
export function printAttributePath({ urn, name, sub }: AttributePath): string {
  return `${urn === undefined ? '' : `${urn}:`}${name}${sub === undefined ? '' : `.${sub}`}`;
}
