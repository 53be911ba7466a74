// A server under load, in a process of its own whose CPU time is counted: the SCIM service over a SQLite file, or a bare
// fastify route that answers the same bytes.
import { createAuthenticator, givenToken, startScimServer } from '@oaa-kit/scim-writeback/server';
import fastify from 'fastify';
import { openDirectory, token } from './people.ts';

export interface RecordedAnswer {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type ChildCommand =
  | { readonly kind: 'service'; readonly file: string }
  | { readonly kind: 'bare'; readonly answers: readonly RecordedAnswer[] }
  | { readonly kind: 'cpu' }
  | { readonly kind: 'stop' };

let stop = async (): Promise<void> => undefined;

async function startService(file: string): Promise<string> {
  const directory = await openDirectory(file);
  const given = [givenToken(token, { organization: 'bench', label: 'bench' })];
  const authenticator = await createAuthenticator({ credentials: directory.credentials, given });
  // Lines are made as always; where they go is not measured.
  const log = { write: () => undefined };
  const server = await startScimServer({ directory, authenticator, port: 0, log });
  stop = async () => {
    await server.close();
    await directory.close();
  };
  return server.url;
}

async function startBare(answers: readonly RecordedAnswer[]): Promise<string> {
  const app = fastify();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  for (const { method, path, status, headers, body } of answers) {
    app.route({ method, url: path, handler: (_request, reply) => reply.code(status).headers(headers).send(body) });
  }
  stop = () => app.close();
  return app.listen({ port: 0, host: '127.0.0.1' });
}

process.on('message', async (command: ChildCommand) => {
  switch (command.kind) {
    case 'service':
      process.send?.(await startService(command.file));
      return;
    case 'bare':
      process.send?.(await startBare(command.answers));
      return;
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      process.send?.(user + system);
      return;
    }
    case 'stop':
      await stop();
      process.disconnect();
  }
});
