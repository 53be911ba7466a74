import { open, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { TestApplication } from './test-application.ts';

/**
 * An application in its own process, over HTTP, which keeps what it holds in a file: `node test-file-application.ts <file>
 * <repeatable>`. Prints its URL. A request with `x-when: gone` is carried out when whoever sent it is gone.
 */
const [file = '', repeatable = 'false'] = process.argv.slice(2);
const application = new TestApplication({ repeatable: repeatable === 'true' });

async function keep(): Promise<void> {
  const { users, groups, effects } = application;
  const held = {
    users: Object.fromEntries([...users].map(([id, { userName, active }]) => [id, { userName, active }])),
    groups: Object.fromEntries([...groups].map(([id, { name, members }]) => [id, { name, members: [...members] }])),
    effects,
  };
  const staged = await open(`${file}.new`, 'w');
  await staged.writeFile(JSON.stringify(held));
  await staged.sync();
  await staged.close();
  await rename(`${file}.new`, file);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const { operation, idempotencyKey, attempt } = JSON.parse(Buffer.concat(pieces).toString());
  const call = { idempotencyKey, attempt, signal: new AbortController().signal };
  if (request.headers['x-when'] === 'gone') await new Promise((resolve) => response.once('close', resolve));
  const said =
    request.url === '/probe' ? await application.probe?.(operation, call) : await application.apply(operation, call);
  await keep();
  response.end(JSON.stringify(said));
}

await keep();
const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The application has no port.');
  process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
