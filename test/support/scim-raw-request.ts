import { request } from 'node:http';
import { checkAnswer, type ScimAnswer, type ScimClient } from './scim-client.ts';

/**
 * Sends what `fetch` would not: paths that are not put in order first, and a `Host` of one's own. The path goes behind the
 * base URL. A body goes in pieces, without a length.
 */
export function rawRequest(
  { baseUrl, credentials }: ScimClient,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  pieces: readonly (string | Uint8Array)[] = [],
): Promise<ScimAnswer> {
  const { hostname, port, pathname } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        method,
        path: `${pathname}${path}`,
        headers: { authorization: credentials.writer, ...headers },
      },
      (response) => {
        const received: Buffer[] = [];
        response.on('data', (piece: Buffer) => received.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          const names = new Headers();
          for (const [name, values] of Object.entries(response.headersDistinct)) {
            for (const value of values ?? []) names.append(name, value);
          }
          try {
            resolve(checkAnswer(method, response.statusCode ?? 0, names, Buffer.concat(received).toString()));
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    sent.on('error', reject);
    for (const piece of pieces) sent.write(piece);
    sent.end();
  });
}
