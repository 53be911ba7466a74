import { setTimeout as sleep } from 'node:timers/promises';
import type { ScimRequest, ScimService } from './scim-service.ts';

/** What `echoService` answers to everything that it has no special answer for. */
export interface Echo {
  readonly method: string;
  readonly url: string;
  readonly accept: string | undefined;
  readonly body: string | undefined;
  readonly remoteAddress: string | undefined;
}

export interface EchoService extends ScimService {
  /** Streams that were begun and not ended, by themselves or by whoever read them. */
  openStreams(): number;
  /** Pieces of endless streams that were made. */
  piecesMade(): number;
}

const headers = { 'content-type': 'application/scim+json', 'x-request-id': 'r-1' };
const kilobyte = 'x'.repeat(1024);

async function textOf(body: ScimRequest['body']): Promise<string | undefined> {
  if (body === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** A service that tells what it was asked, and has an answer of each kind that has to be sent. */
export function echoService(): EchoService {
  let open = 0;
  let made = 0;
  async function* pieces(texts: Iterable<string>, failure?: Error): AsyncGenerator<string> {
    open += 1;
    try {
      for (const text of texts) {
        made += 1;
        yield text;
      }
      if (failure !== undefined) throw failure;
    } finally {
      open -= 1;
    }
  }
  function* endless(): Generator<string> {
    for (;;) yield kilobyte;
  }
  return {
    openStreams: () => open,
    piecesMade: () => made,
    async handle(request) {
      const { method, url } = request;
      switch (url.split('?', 1)[0]) {
        case '/pieces':
          return { status: 200, headers, body: pieces(['{"a":', '"ü"', '}']) };
        case '/long':
          return { status: 200, headers, body: pieces(Array.from({ length: 4096 }, () => kilobyte)) };
        case '/endless':
          return { status: 200, headers, body: pieces(endless()) };
        case '/fails-at-once':
          return { status: 200, headers, body: pieces([], new Error('secret cause')) };
        case '/fails-later':
          return { status: 200, headers, body: pieces([kilobyte], new Error('secret cause')) };
        case '/nothing':
          return { status: 204, headers: { 'x-request-id': 'r-1' } };
        case '/unread':
          return { status: 413, headers, body: '{"status":"413"}' };
        case '/slow':
          await sleep(300);
          return { status: 200, headers, body: '{"slow":true}' };
      }
      const { headers: sent, remoteAddress } = request;
      const echo: Echo = { method, url, accept: sent.accept, body: await textOf(request.body), remoteAddress };
      return { status: 200, headers, ...(method !== 'HEAD' && { body: JSON.stringify(echo) }) };
    },
  };
}
