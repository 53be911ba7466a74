import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { controlPrefix } from './api/control.ts';
import type { Api, ApiRequest, Route } from './api/route.ts';
import { routes } from './api/routes.ts';
import { ApiError } from './api-error.ts';
import { bearerCheck } from './auth.ts';
import { errorEnvelope } from './error-envelope.ts';
import type { FaultRule } from './faults.ts';
import {
  bodyTooLarge,
  forbidden,
  internal,
  invalidArgument,
  methodNotAllowed,
  notFound,
  tooManyRequests,
  unavailable,
} from './refusals.ts';
import type { RequestLog, RequestRecord } from './request-log.ts';
import { decodeUtf8 } from './text.ts';
import type { Certificate } from './tls.ts';

export interface ServerOptions {
  readonly api: Api;
  readonly apiKey: string;
  readonly log: RequestLog;
  readonly certificate: Certificate | undefined;
  /** Called after every request that may have changed something, before its answer is sent. */
  readonly persist: () => Promise<void>;
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] as string;
}

function sendError(error: ApiError, reply: FastifyReply, now: Date): void {
  const { status, headers = {} } = error.facts;
  const requestId = randomUUID().replaceAll('-', '');
  void reply
    .code(status)
    .headers(headers)
    .send(errorEnvelope(error.facts, requestId, now));
}

function cut(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}

const proxyPage = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n';
const loginPage = '<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n';

/** Answers the request in the way of a fault; does nothing for the faults that come later. */
function answerWith(fault: FaultRule, request: FastifyRequest, reply: FastifyReply): void {
  switch (fault.kind) {
    case 'too-many-requests':
      throw tooManyRequests(String(fault.retryAfter ?? 1));
    case 'server-error':
      throw internal();
    case 'unavailable':
      throw unavailable(fault.retryAfter === undefined ? undefined : String(fault.retryAfter));
    case 'forbidden':
      throw forbidden();
    case 'cut-before':
      cut(request, reply);
      break;
    case 'html-page':
      void reply.code(502).type('text/html').send(proxyPage);
      break;
    case 'not-json':
      void reply.code(200).type('text/html').send(loginPage);
      break;
  }
}

function apiErrorFor(error: unknown, api: Api): ApiError {
  if (error instanceof ApiError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge(api.limits.bodyBytes);
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 500) return invalidArgument('body', 'The request cannot be read');
  return internal();
}

function parseJsonBody(
  _request: FastifyRequest,
  bytes: Buffer,
  done: (error: Error | null, body?: unknown) => void,
): void {
  if (bytes.length === 0) {
    done(null, undefined);
    return;
  }
  const text = decodeUtf8(bytes);
  try {
    if (text === undefined) throw new SyntaxError('not UTF-8');
    done(null, JSON.parse(text));
  } catch {
    done(invalidArgument('body', 'Request body is not valid JSON'));
  }
}

/** Builds the HTTP server of the sandbox. It does not listen yet. */
export function buildServer({ api, apiKey, log, certificate, persist }: ServerOptions): FastifyInstance {
  const checkBearer = bearerCheck(apiKey);
  const records = new WeakMap<FastifyRequest, { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] }>();
  const cutAfter = new WeakSet<FastifyRequest>();
  const app: FastifyInstance = fastify({
    bodyLimit: api.limits.bodyBytes,
    forceCloseConnections: true,
    // One long id in a path is no reason for a page of fastify's own.
    routerOptions: { maxParamLength: 500 },
    ...(certificate === undefined ? {} : { https: { key: certificate.key, cert: certificate.certificate } }),
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, parseJsonBody);

  app.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request);
    const isControl = path.startsWith(controlPrefix);
    if (!isControl) {
      const record = log.begin(api.now(), request.method, request.url);
      records.set(request, record);
      const { latencyMs, fault } = api.faults.forRequest(request.method, path);
      record.fault = fault?.kind ?? (latencyMs > 0 ? 'latency' : undefined);
      if (latencyMs > 0) await sleep(latencyMs);
      if (fault?.kind === 'cut-after') cutAfter.add(request);
      else if (fault !== undefined) {
        answerWith(fault, request, reply);
        return reply;
      }
    }
    checkBearer(request.headers.authorization);
    return undefined;
  });
  app.addHook('onResponse', async (request, reply) => {
    const record = records.get(request);
    if (record !== undefined) record.status = reply.statusCode;
  });
  app.setErrorHandler((error, _request, reply) => sendError(apiErrorFor(error, api), reply, api.now()));
  app.setNotFoundHandler((request, reply) => sendError(notFound('path', pathOf(request)), reply, api.now()));

  const handlerOf = (route: Route) => async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await route.handle(
      {
        method: request.method,
        path: pathOf(request),
        params: request.params as ApiRequest['params'],
        query: request.query as ApiRequest['query'],
        body: request.body,
      },
      api,
    );
    if (route.method !== 'GET') await persist();
    if (cutAfter.has(request)) {
      cut(request, reply);
      return reply;
    }
    return answer;
  };
  for (const [url, offered] of Map.groupBy(routes, (route) => route.url)) {
    for (const route of offered)
      app.route({ method: route.method, url, handler: handlerOf(route), exposeHeadRoute: false });
    const allowed = offered.map(({ method }) => method);
    const others = methods.filter((method) => !allowed.some((offeredMethod) => offeredMethod === method));
    app.route({
      method: [...others],
      url,
      handler: (request) => {
        throw methodNotAllowed(request.method, allowed);
      },
    });
  }
  return app;
}
