import { ScimError } from '../errors/scim-error.ts';

/** The error for a filter that cannot be read or that makes no sense for the attributes. RFC 7644 s3.12 table 9. */
export function invalidFilter(detail: string): ScimError {
  return new ScimError(400, 'invalidFilter', detail);
}

/** The error for a place in the text. The message names what was expected there and never repeats what the client wrote. */
export function invalidFilterAt(offset: number, expected: string, found: string): ScimError {
  return invalidFilter(`The filter cannot be read at column ${offset + 1}: expected ${expected}, found ${found}.`);
}
