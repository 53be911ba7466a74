import { errorUrn } from '../protocol/errors/error-body.ts';
import type { Fault, SeenAnswer, SeenRequest } from './test-endpoint.ts';

// biome-ignore lint/suspicious/noExplicitAny: faults look into bodies of every shape.
export type Json = any;

/** A way in which a service can be wrong, and what of it the check has to say. */
export interface FaultCase {
  readonly name: string;
  /** A fresh one for each check: some remember what was before. */
  readonly fault: () => Fault;
  /** The requirement whose own fault this is. */
  readonly finds: string;
  readonly as: 'failed' | 'warning';
  /** Others that cannot be met beside it. */
  readonly follows?: readonly string[];
  /** What was made cannot be deleted. */
  readonly leaves?: true;
  /** The credential may only read. */
  readonly reader?: true;
}

export type Matches = (request: SeenRequest) => boolean;

/** One resource: `isOne('Users')`, with a method or of any. */
export const isOne =
  (endpoint: 'Users' | 'Groups', method?: string): Matches =>
  (request) =>
    request.path.startsWith(`/${endpoint}/`) && (method === undefined || request.method === method);

/** The list itself: GET or POST. */
export const isAll =
  (endpoint: 'Users' | 'Groups' | 'Schemas', method = 'GET'): Matches =>
  (request) =>
    request.path === `/${endpoint}` && request.method === method;

export const isFiltered: Matches = (request) => isAll('Users')(request) && request.query.has('filter');
export const isPage: Matches = (request) => isAll('Users')(request) && !request.query.has('filter');

/** What a request asks for goes to nobody. */
export const answerWith =
  (
    matches: Matches,
    status: number,
    body: Json = { schemas: [errorUrn], status: String(status), detail: 'On purpose.' },
  ) =>
  (): Fault =>
  async (request, next) =>
    matches(request) ? { status, headers: { 'content-type': 'application/scim+json' }, body } : next(request);

/** Requests are understood in another way. */
export const changeRequest =
  (matches: Matches, change: (request: SeenRequest) => SeenRequest) => (): Fault => async (request, next) =>
    next(matches(request) ? change(request) : request);

/** Answers come out in another way. */
export const changeAnswer =
  (
    matches: (request: SeenRequest, answer: SeenAnswer) => boolean,
    change: (answer: SeenAnswer, request: SeenRequest) => SeenAnswer,
  ) =>
  (): Fault =>
  async (request, next) => {
    const answer = await next(request);
    return matches(request, answer) ? change(answer, request) : answer;
  };

/** Changes of the body of an answer. */
export const changeBody = (
  matches: (request: SeenRequest, answer: SeenAnswer) => boolean,
  change: (body: Json, request: SeenRequest) => Json,
) => changeAnswer(matches, (answer, request) => ({ ...answer, body: change(answer.body, request) }));

/** Changes of the operations of a PATCH. */
export const changeOperations = (matches: Matches, change: (operations: Json[]) => Json[]) =>
  changeRequest(
    (request) => request.method === 'PATCH' && matches(request),
    (request) => ({ ...request, body: { ...request.body, Operations: change(request.body.Operations) } }),
  );

/** A PATCH with one operation on the path, with the value if one is given. */
export const isPatchOf =
  (path: string, value?: unknown): Matches =>
  ({ method, body }) =>
    method === 'PATCH' &&
    body.Operations.length === 1 &&
    body.Operations[0].path === path &&
    (value === undefined || body.Operations[0].value === value);

/** Answered as a success, and forgotten. */
export const ignore = (matches: Matches) => answerWith(matches, 204, undefined);

/** The id at the end of a path. */
export const idIn = ({ path }: SeenRequest): string => path.split('/')[2] ?? '';

/** A refusal in proper form. */
export const refusal = (status: number, scimType?: string): SeenAnswer => ({
  status,
  headers: { 'content-type': 'application/scim+json' },
  body: {
    schemas: [errorUrn],
    status: String(status),
    detail: 'On purpose.',
    ...(scimType !== undefined && { scimType }),
  },
});
