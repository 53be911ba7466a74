import type { Directory } from '../../directory/directory.ts';
import type { Answer } from '../answers/answer.ts';
import type { Authenticator, RateLimiter, RequestRecord, ScimResponse, ScimService } from '../scim-service.ts';
import { nameRequest } from '../steps/name-request.ts';
import { adminRoutes } from './admin-routes.ts';
import { type AdminProgress, answerAdminRequest } from './answer-admin-request.ts';
import { isAdminFault, refuseAdmin } from './refuse-admin.ts';
import type { ApplicationOf } from './require-application.ts';

export interface AdminServiceOptions {
  readonly directory: Directory;
  readonly authenticator: Authenticator;
  readonly rateLimiter?: RateLimiter | undefined;
  /** Bytes that the payload of a base may have once it is unpacked. Default: 100,000,000, what a tenant takes in one push. */
  readonly payloadBytes?: number | undefined;
  /** Which application bases have to be of. Default: any, and the same from the first base of an organization on. */
  readonly applicationOf?: ApplicationOf | undefined;
  readonly now?: (() => Date) | undefined;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}

/**
 * The administration API of write-back: bases from another machine, and rotation of tokens. Like a SCIM service it has no
 * server of its own, and no path: mount it with `nodeHandler` at a path that is none of the SCIM service.
 *
 * | request | scope | answer |
 * |---|---|---|
 * | `POST /bases/begin` | `base:write` | 200 `{ asOf }` |
 * | `POST /bases?asOf=1042.7&maxRemovalPercent=20` | `base:write` | 200 `{ base, changes, drifts, notices }` |
 * | `GET /bases` | `base:write` | 200 `{ bases, drifts }` |
 * | `POST /tokens/rotate` `{ id }` | `tokens:rotate` | 201 `{ token, credential }` |
 *
 * Refusals have the body `{ code, message, hint, problems, removals }`, of which the last three may be left out.
 *
 * @throws UsageError for a bound that is none
 * @example
 * const admin = createAdminService({ directory, authenticator });
 * createServer(nodeHandler(admin, { mountPath: '/admin' })).listen(8081);
 */
export function createAdminService(options: AdminServiceOptions): ScimService {
  const routes = adminRoutes(options);
  return {
    async handle(request): Promise<ScimResponse> {
      const startedAt = performance.now();
      const requestId = nameRequest(request.headers['x-request-id']);
      const progress: AdminProgress = { route: undefined, principal: undefined };
      let answer: Answer;
      let fault: unknown;
      try {
        answer = await answerAdminRequest(request, options, routes, progress);
      } catch (error) {
        answer = refuseAdmin(error, requestId);
        if (isAdminFault(error)) fault = error;
      }
      observe(options, {
        requestId,
        method: request.method,
        route: `admin${progress.route ?? '/unknown'}`,
        status: answer.status,
        durationMs: performance.now() - startedAt,
        organization: progress.principal?.organization,
        credential: progress.principal?.label,
        error: fault,
      });
      const headers = {
        'content-type': 'application/json',
        // Tokens and names of people: nothing in between may keep them.
        'cache-control': 'no-store',
        ...answer.headers,
        'x-request-id': requestId,
      };
      return { status: answer.status, headers, body: request.method === 'HEAD' ? undefined : answer.body };
    },
  };
}

function observe({ onRequest }: AdminServiceOptions, record: RequestRecord): void {
  try {
    onRequest?.(record);
  } catch {
    // What is done must not look as if it had failed because it could not be counted.
  }
}
