import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { ScimError } from '../protocol/errors/scim-error.ts';
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

async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    // The connection stays open when a body is left unread, so that the refusal can still be sent.
    yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch {
    throw new ScimError(400, 'invalidSyntax', 'The connection ended before the whole body had come.');
  }
}

/**
 * A request of Node's HTTP server for the service.
 *
 * @param url path and query below the mount
 * @param body the stream of the body, where something has been put in front of the request's own
 */
export function readNodeRequest(request: IncomingMessage, url: string, body: Readable = request): ScimRequest {
  // The only header of which Node makes a list; no request has it.
  const { 'set-cookie': _, ...headers } = request.headers;
  return {
    method: request.method ?? 'GET',
    url,
    headers: headers as ScimRequest['headers'],
    body: hasBody(request) ? bytesOf(body) : undefined,
    remoteAddress: request.socket.remoteAddress,
  };
}
