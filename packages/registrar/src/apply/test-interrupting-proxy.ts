import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens at one request: the connection is cut before or after the tenant has acted; the caller is interrupted
 * before or after; or no answer ever comes, as for a process that ends just then.
 */
export const interruptions = [
  'cut-before',
  'cut-after',
  'interrupt-before',
  'interrupt-after',
  'hold-before',
  'hold-after',
] as const;

export type Interruption = (typeof interruptions)[number];

export interface Trap {
  /** Counted from 1 since the trap was set. */
  readonly at: number;
  readonly kind: Interruption;
  /** Called when the request comes: for `interrupt` and `hold`. */
  readonly onCaught: () => void;
}

/** Stands between a client and a sandbox. */
export interface InterruptingProxy {
  readonly url: string;
  /** Methods of the requests since the trap was set. */
  readonly seen: readonly string[];
  set(trap: Trap | undefined): void;
  close(): void;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Hands a request on. */
async function forward(target: string, message: IncomingMessage): Promise<{ answer: IncomingMessage; body: Buffer }> {
  const body = await bodyOf(message);
  const answer = await new Promise<IncomingMessage>((done, fail) => {
    const { method, headers } = message;
    send(`${target}${message.url ?? ''}`, { method, headers, agent: false }, done)
      .on('error', fail)
      .end(body);
  });
  return { answer, body: await bodyOf(answer) };
}

/** @param rewrite how the tenant shows things otherwise than the sandbox; gets and gives a JSON answer */
export async function startInterruptingProxy(
  target: string,
  rewrite: (answer: string) => string = (answer) => answer,
): Promise<InterruptingProxy> {
  let trap: Trap | undefined;
  let seen: string[] = [];

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    seen.push(message.method ?? '');
    const caught = trap !== undefined && trap.at === seen.length ? trap : undefined;
    const [what, when] = caught?.kind.split('-') ?? [];
    if (when === 'before') {
      caught?.onCaught();
      if (what === 'cut') message.socket.destroy();
      return;
    }
    const { answer, body } = await forward(target, message);
    if (when === 'after') {
      caught?.onCaught();
      if (what === 'cut') message.socket.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 500, { 'content-type': 'application/json' }).end(rewrite(body.toString()));
  }

  const server = createServer((message, response) => {
    handle(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get seen() {
      return seen;
    },
    set(next) {
      trap = next;
      seen = [];
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
