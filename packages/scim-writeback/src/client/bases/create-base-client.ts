import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { RemoteError } from '@oaa-kit/oaa';
import { clientSettings, createHttpClient, type HttpRequest, type RemoteWords, secretsOf } from '@oaa-kit/oaa/http';
import type { z } from 'zod';
import packageJson from '../../../package.json' with { type: 'json' };
import { checkAuth, checkedUrl } from '../check-settings.ts';
import { readScimError } from '../read-scim-error.ts';
import { acceptedShape, begunShape, listShape } from './answer-shapes.ts';
import type { BaseClient, BaseClientOptions } from './base-client.ts';
import { readRefusal, restoreRefusal, type ToldRefusal } from './restore-refusal.ts';

const pack = promisify(gzip);

/** How messages speak of the other side when its caller gives no words: with the options of the client. */
export const baseWords: RemoteWords = {
  noun: 'administration API',
  credential: 'token',
  rightsHint: 'The token needs the scope base:write: make one with `oaa scim token create --scope base:write`.',
  settings: clientSettings,
};

/**
 * Makes a client of the administration API, for a connector that runs on another machine than the service. Nothing is sent
 * before the first call.
 *
 * @throws UsageError when URL, credential or certificates cannot be used
 *
 * @example
 * const bases = createBaseClient({ url: 'https://scim.example.com/admin', auth: { type: 'bearer', token } });
 * const { asOf } = await bases.begin();
 * const { base } = await bases.submit(await extract(), { asOf });
 */
export function createBaseClient(options: BaseClientOptions): BaseClient {
  const words = options.words ?? baseWords;
  const baseUrl = checkedUrl(options.url, words, 'https://scim.example.com/admin, without /bases');
  checkAuth(options.auth, words);

  async function call<Shape extends z.ZodType>(request: HttpRequest, shape: Shape): Promise<z.output<Shape>> {
    let refusal: ToldRefusal | undefined;
    // One for each call: what a refusal says beyond its message belongs to this call.
    const http = createHttpClient({
      ...options,
      baseUrl,
      userAgent: options.userAgent ?? `oaa-kit-base/${packageJson.version}`,
      words,
      readEnvelope(body) {
        refusal = readRefusal(body);
        return refusal === undefined
          ? readScimError(body)
          : { ...refusal, requestId: undefined, violations: [], resolution: refusal.hint, resource: undefined };
      },
    });
    let answer: Awaited<ReturnType<typeof http.request>>;
    try {
      answer = await http.request({ ...request, signal: options.signal });
    } catch (error) {
      throw refusal === undefined ? error : restoreRefusal(error, refusal, secretsOf(options));
    }
    const { success, data } = shape.safeParse(answer.json);
    if (success) return data;
    throw new RemoteError(
      'response-invalid',
      `The answer of the ${words.noun} at ${http.origin} to ${request.method} ${request.path} (HTTP ${answer.status}) is none that it gives.`,
      {
        status: answer.status,
        hint: [`Check ${words.settings.url}, and that both sides have the same version.`, request.lostAnswerHint]
          .filter((part) => part !== undefined)
          .join(' '),
      },
    );
  }

  return {
    begin: () => call({ method: 'POST', path: '/bases/begin', idempotent: true }, begunShape),
    list: () => call({ method: 'GET', path: '/bases' }, listShape),
    async submit(payload, { asOf, maxRemovalPercent } = {}) {
      const text = JSON.stringify(payload);
      // The service keeps the digest of the same text.
      const digest = createHash('sha256').update(text).digest('hex');
      const packed = await pack(text);
      return call(
        {
          method: 'POST',
          path: '/bases',
          query: { asOf, maxRemovalPercent },
          headers: { 'content-encoding': 'gzip' },
          body: { contentType: 'application/json', byteLength: packed.length, open: () => [packed] },
          lostAnswerHint: `It is not known whether the base was accepted: if it was, \`oaa scim base list\` shows it with the SHA-256 ${digest.slice(0, 12)}.`,
        },
        acceptedShape,
      );
    },
  };
}
