import type { JsonObject } from './json.ts';
import type { ScimRequest } from './scim-request.ts';

/** A request as a document: what goes over the wire, without the credential. */
export interface RequestDocument {
  readonly method: ScimRequest['method'];
  /** Below the base URL, percent-encoded: `/Users/4711`. */
  readonly path: string;
  /** Decoded: `{ filter: 'userName eq "jane.doe"' }`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

/** One line for people: `GET /Users?filter=userName eq "jane.doe"`. */
export function requestLine({ method, path, query = {} }: RequestDocument): string {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `${method} ${path}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
}
