import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorBody } from '../protocol/errors/error-body.ts';
import { Turns } from '../turns/turns.ts';
import { hasUnreadBody } from './node-request.ts';
import type { ScimResponse } from './scim-service.ts';

const ignore = (): void => undefined;

/** How long a client is listened to that still sends a body which nobody wants. */
const lingerMs = 2_000;

/** A refusal by what is around the service, in the form of the service's own. */
export function scimRefusal(status: number, detail: string): ScimResponse {
  return {
    status,
    headers: { 'content-type': 'application/scim+json' },
    body: JSON.stringify(errorBody({ status, scimType: undefined, detail })),
  };
}

/**
 * Throws away what the client still sends, for a while: if the connection were closed at once, many clients would see a
 * broken connection instead of the answer.
 */
function linger(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, lingerMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    request.once('end', done).once('close', done).resume();
  });
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

function writeText(response: ServerResponse, { status, headers }: ScimResponse, body: string): void {
  const length = Buffer.byteLength(body);
  // The same bytes where all of it is ASCII, as most is, and quicker: for UTF-8, node sets three bytes aside for each
  // character.
  const encoding = length === body.length ? 'latin1' : 'utf8';
  response.writeHead(status, { ...headers, 'content-length': length }).end(body, encoding);
}

/** Answers a client that is still sending, and ends the connection. */
async function writeTextEarly(request: IncomingMessage, response: ServerResponse, answer: ScimResponse, body: string) {
  const headers = { ...answer.headers, 'content-length': Buffer.byteLength(body), connection: 'close' };
  response.writeHead(answer.status, headers).write(body);
  // One that is gone sends nothing more, and would not say so again.
  if (!request.destroyed) await linger(request);
  response.end();
}

/** Writes pieces as fast as the client takes them, and stops making them when it is gone. */
async function writePieces(response: ServerResponse, answer: ScimResponse, body: AsyncIterable<string>): Promise<void> {
  const pieces = body[Symbol.asyncIterator]();
  const turns = new Turns();
  try {
    let piece = await pieces.next();
    // Only now: what fails before its first piece can still be told with a status.
    if (!response.destroyed) response.writeHead(answer.status, answer.headers);
    while (piece.done !== true && !response.destroyed) {
      if (!response.write(piece.value)) await drained(response);
      // A client that takes all of it at once would keep the others from their turn.
      if (turns.isOver) await turns.next();
      if (!response.destroyed) piece = await pieces.next();
    }
    response.end();
  } finally {
    await pieces.return?.();
  }
}

/**
 * Sends the answer of the service. Never rejects: what fails on the way is told to `onError`. An answer that fails in its
 * middle is cut off, so that no client takes it for whole. RFC 9112 s8
 */
export async function writeNodeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ScimResponse,
  onError: (error: unknown) => void = ignore,
): Promise<void> {
  const { body } = answer;
  // Without a listener, writing to a client that is gone would end the process.
  response.on('error', ignore);
  try {
    if (body === undefined) response.writeHead(answer.status, answer.headers).end();
    else if (typeof body !== 'string') await writePieces(response, answer, body);
    else if (hasUnreadBody(request)) await writeTextEarly(request, response, answer, body);
    else writeText(response, answer, body);
  } catch (error) {
    onError(error);
    if (response.headersSent) response.destroy();
    else {
      const { status, headers, body: text } = scimRefusal(500, 'Something went wrong here.');
      response.writeHead(status, headers).end(text);
    }
  }
}
