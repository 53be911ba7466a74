import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { ScimError } from '../protocol/errors/scim-error.ts';
import { askForBody, refusalOfBody } from './body-arrival.ts';
import type { ScimRequest } from './scim-service.ts';

/** RFC 9112 s6.3: a request without either of the two has no body. */
function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Whether a part of the body is still to come, or was not read. */
export function hasUnreadBody(request: IncomingMessage): boolean {
  return hasBody(request) && !request.complete;
}

/** Begins when it is read: a request that is refused before is refused without its body. */
async function* bytesOf(request: IncomingMessage, stream: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  askForBody(request);
  try {
    // The connection stays open when a body is left unread, so that the refusal can still be sent.
    yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch {
    throw (
      refused(request) ?? new ScimError(400, 'invalidSyntax', 'The connection ended before the whole body had come.')
    );
  }
  // The rest may have come after the client was told that it would not be waited for.
  const refusal = refused(request);
  if (refusal !== undefined) throw refusal;
}

function refused(request: IncomingMessage): ScimError | undefined {
  const refusal = refusalOfBody(request);
  return refusal && new ScimError(refusal.status, undefined, refusal.detail);
}

/** The headers as texts. Only of one does Node make a list, and no client has a reason to send it. */
function singleHeaders({ headers, rawHeaders }: IncomingMessage): ScimRequest['headers'] {
  const isPlain = headers['set-cookie'] === undefined && countAuthorizations(rawHeaders) < 2;
  if (isPlain) return headers as ScimRequest['headers'];
  const { 'set-cookie': _, ...others } = headers;
  // Node takes the first of several, a proxy in front may have looked at another. Together they are no credential.
  return countAuthorizations(rawHeaders) < 2 ? (others as ScimRequest['headers']) : { ...others, authorization: ',' };
}

function countAuthorizations(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  return count;
}

/**
 * A request of Node's HTTP server for the service.
 *
 * @param url path and query below the mount
 * @param body the stream of the body, where something has been put in front of the request's own
 */
export function readNodeRequest(request: IncomingMessage, url: string, body: Readable = request): ScimRequest {
  return {
    method: request.method ?? 'GET',
    url,
    headers: singleHeaders(request),
    body: hasBody(request) ? bytesOf(request, body) : undefined,
    remoteAddress: request.socket.remoteAddress,
    scheme: 'encrypted' in request.socket ? 'https' : 'http',
  };
}
