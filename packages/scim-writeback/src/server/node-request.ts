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

/** The headers as texts. Only of one does Node make a list, and no client has a reason to send it. */
function singleHeaders({ headers }: IncomingMessage): ScimRequest['headers'] {
  if (headers['set-cookie'] === undefined) return headers as ScimRequest['headers'];
  const { 'set-cookie': _, ...others } = headers;
  return others as ScimRequest['headers'];
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
    body: hasBody(request) ? bytesOf(body) : undefined,
    remoteAddress: request.socket.remoteAddress,
    scheme: 'encrypted' in request.socket ? 'https' : 'http',
  };
}
