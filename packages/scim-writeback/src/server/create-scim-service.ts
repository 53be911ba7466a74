import { answerRequest, type Progress } from './answer-request.ts';
import type { Answer } from './answers/answer.ts';
import { isOurFault, refuse } from './answers/refuse.ts';
import type { ScimResponse, ScimService, ScimServiceOptions } from './scim-service.ts';
import { compileSettings } from './service-settings.ts';
import { nameRequest } from './steps/name-request.ts';

/**
 * A SCIM service (RFC 7644) over a directory, without a server of its own: `handle` takes a request of any HTTP library and
 * gives the answer.
 *
 * @throws UsageError for options that it cannot be run with
 * @example
 * const service = createScimService({ directory, authenticator, baseUrl: 'https://scim.example.com/v2' });
 * const { status, headers, body } = await service.handle({ method: 'GET', url: '/Users', headers: { authorization } });
 */
export function createScimService(options: ScimServiceOptions): ScimService {
  const settings = compileSettings(options);
  return {
    async handle(request) {
      const startedAt = performance.now();
      const requestId = nameRequest(request.headers['x-request-id']);
      const progress: Progress = { route: undefined, principal: undefined };
      let answer: Answer;
      let fault: unknown;
      try {
        answer = await answerRequest(request, requestId, settings, progress);
      } catch (error) {
        answer = refuse(error, requestId);
        if (isOurFault(error)) fault = error;
      }
      observe(options, {
        requestId,
        method: request.method,
        route: progress.route ?? 'unknown',
        status: answer.status,
        durationMs: performance.now() - startedAt,
        organization: progress.principal?.organization,
        credential: progress.principal?.label,
        error: fault,
      });
      return toResponse(answer, requestId, request.method === 'HEAD');
    },
  };
}

/** RFC 7644 s3.8: the media type bare, since clients compare it. */
function toResponse({ status, headers, body }: Answer, requestId: string, isHead: boolean): ScimResponse {
  if (body === undefined) return { status, headers: { ...headers, 'x-request-id': requestId } };
  const all = { 'content-type': 'application/scim+json', ...headers, 'x-request-id': requestId };
  return isHead ? { status, headers: all } : { status, headers: all, body };
}

function observe({ onRequest }: ScimServiceOptions, record: Parameters<NonNullable<typeof onRequest>>[0]): void {
  try {
    onRequest?.(record);
  } catch {
    // What is done must not look as if it had failed because it could not be counted.
  }
}
