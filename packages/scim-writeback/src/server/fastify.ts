import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { readNodeRequest } from './node-request.ts';
import { scimRefusal, writeNodeResponse } from './node-response.ts';
import type { ScimResponse, ScimService } from './scim-service.ts';

export interface ScimFastifyOptions {
  readonly service: ScimService;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** The part of a URL behind the prefix; segment by segment, since a prefix may have parameters (`/:tenant/scim`). */
function belowPrefix(url: string, prefix: string): string {
  const segmentCount = prefix.split('/').filter((segment) => segment !== '').length;
  let end = 0;
  for (let count = 0; count < segmentCount; count += 1) {
    const next = url.slice(end + 1).search(/[/?]/);
    if (next === -1) return '/';
    end += 1 + next;
  }
  const rest = url.slice(end);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Answers past fastify, which would add a charset to the media type and cannot stream text with its status open. */
async function send(request: FastifyRequest, reply: FastifyReply, answer: ScimResponse): Promise<void> {
  // What other plugins have set (CORS, security headers) goes along; what the service says comes first.
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.hijack();
  await writeNodeResponse(request.raw, reply.raw, answer, (error) =>
    request.log.error({ err: error }, 'SCIM answer cut'),
  );
}

/** Errors of fastify itself and of hooks around the plugin, in the form that SCIM clients read. RFC 7644 s3.12 */
function refusalFor(error: unknown): ScimResponse {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const known = Number.isInteger(status) && status >= 400 && status < 500;
  return known
    ? scimRefusal(status, error instanceof Error ? error.message : 'The request was refused.')
    : scimRefusal(500, 'Something went wrong here.');
}

/** Methods that fastify has no routes for (`PROPFIND`) end where it finds nothing. */
function answerUnroutedMethods(app: FastifyInstance, handler: Handler): void {
  try {
    app.setNotFoundHandler(handler);
  } catch {
    // There is one for this prefix already: the application wants to answer them itself.
  }
}

/**
 * Answers what fastify itself refuses before any plugin is asked, in the form that SCIM clients read: a path with a bad
 * percent escape, which is 400. Only the application can set it.
 *
 * @example
 * const app = fastify({ frameworkErrors: scimFrameworkErrors });
 *
 * @example
 * const app = fastify({
 *   frameworkErrors: (error, request, reply) =>
 *     request.raw.url?.startsWith('/scim') ? scimFrameworkErrors(error, request, reply) : reply.send(error),
 * });
 */
export const scimFrameworkErrors: NonNullable<FastifyServerOptions['frameworkErrors']> = (error, request, reply) =>
  void send(request, reply, refusalFor(error));

/**
 * Mounts a service in fastify, under the prefix of `register`: whatever the method, the service answers there. Parsers,
 * error handlers and routes of the plugin stay in it; hooks of the application around it run. Paths that fastify cannot
 * decode never come here: see {@link scimFrameworkErrors}.
 *
 * @example
 * await app.register(scimFastify, { prefix: '/scim', service });
 */
export const scimFastify: FastifyPluginAsync<ScimFastifyOptions> = async (app, { service }) => {
  app.removeAllContentTypeParsers();
  // The body goes on as it comes: the service reads it, within its own bounds and with its own refusals.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.setErrorHandler((error, request, reply) => send(request, reply, refusalFor(error)));
  const handler: Handler = async (request, reply) => {
    const body = request.body instanceof Readable ? request.body : undefined;
    const url = belowPrefix(request.raw.url ?? '/', app.prefix);
    await send(request, reply, await service.handle(readNodeRequest(request.raw, url, body)));
  };
  app.all('/', handler);
  app.all('/*', handler);
  answerUnroutedMethods(app, handler);
};
