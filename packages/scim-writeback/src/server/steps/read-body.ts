import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { ScimRequest } from '../scim-service.ts';

/**
 * The text of the body of a request. Nothing beyond the bound is kept, and nothing is read where the length that the client
 * announces is beyond it. RFC 7644 s3.8, s3.12.
 *
 * @throws ScimError 413 for more than `limitBytes`; 400 `invalidSyntax` for no body and for bytes that are no UTF-8.
 */
export async function readBody({ body, headers }: ScimRequest, limitBytes: number): Promise<string> {
  const announced = headers['content-length'];
  if (announced !== undefined && Number(announced) > limitBytes) throw tooLarge(limitBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // By hand: `for await` would end the stream when it is left, and with it the connection that the refusal goes out on.
  const iterator = body?.[Symbol.asyncIterator]();
  for (let next = await iterator?.next(); next !== undefined && next.done !== true; next = await iterator?.next()) {
    size += next.value.byteLength;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(next.value);
  }
  if (size === 0) throw new ScimError(400, 'invalidSyntax', 'The request needs a body.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new ScimError(400, 'invalidSyntax', 'The body is not UTF-8.');
  }
}

function tooLarge(limitBytes: number): ScimError {
  return new ScimError(413, undefined, `The body may have ${limitBytes} bytes at most.`);
}
