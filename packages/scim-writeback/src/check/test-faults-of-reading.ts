import type { Fault, SeenAnswer, SeenRequest } from './test-endpoint.ts';
import {
  answerWith,
  changeAnswer,
  changeBody,
  changeRequest,
  type FaultCase,
  isAll,
  isFiltered,
  isPage,
  type Json,
  refusal,
} from './test-faults.ts';

const isError = (_: SeenRequest, { status }: SeenAnswer) => status >= 400;
const hasList = (_: SeenRequest, { body }: SeenAnswer) => body?.Resources !== undefined;
const without = ({ headers, ...answer }: SeenAnswer, name: string): SeenAnswer => ({
  ...answer,
  headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
});

/** Takes some credentials for that of the first request. */
const takes = (matches: (authorization: string | undefined) => boolean) => (): Fault => {
  let first: string | undefined;
  return (request, next) => {
    first ??= request.headers.authorization;
    const taken = matches(request.headers.authorization) ? first : request.headers.authorization;
    return next({ ...request, headers: { ...request.headers, authorization: taken } });
  };
};

/** Leaves in a list only some, and counts these. */
const keep = (test: (resource: Json, literal: string) => boolean) =>
  changeBody(
    (request, answer) => isFiltered(request) && answer.status === 200,
    (body, request) => {
      const literal = JSON.parse(/eq (".*")$/.exec(request.query.get('filter') ?? '')?.[1] ?? '""');
      const kept = (body.Resources as Json[]).filter((resource) => test(resource, literal));
      return { ...body, totalResults: kept.length, itemsPerPage: kept.length, Resources: kept };
    },
  );

const asksFor = (part: string) => (request: SeenRequest) => request.query.get('filter')?.includes(part) === true;

/** What is wrong with what is read and with who is let in. */
export const faultsOfReading: readonly FaultCase[] = [
  {
    name: 'refuses the credential',
    fault: answerWith(() => true, 401),
    finds: 'credential-accepted',
    as: 'failed',
  },
  { name: 'has no users at the path', fault: answerWith(isAll('Users'), 404), finds: 'users-list', as: 'failed' },
  {
    name: 'breaks on the list of users',
    fault: changeAnswer(
      (request, { status }) => isPage(request) && status === 200,
      () => refusal(500),
    ),
    finds: 'users-list',
    as: 'failed',
  },
  { name: 'has no groups at the path', fault: answerWith(isAll('Groups'), 404), finds: 'groups-list', as: 'failed' },
  {
    name: 'writes totalResults as a text',
    fault: changeBody(hasList, (body) => ({ ...body, totalResults: String(body.totalResults) })),
    finds: 'list-form',
    as: 'warning',
  },
  {
    name: 'sends lists with extra members',
    fault: changeBody(hasList, (body) => ({ ...body, meta: { resourceType: 'List' } })),
    finds: 'list-members',
    as: 'warning',
  },
  {
    name: 'puts "; charset" on the content type',
    fault: changeAnswer(
      (_, { body }) => body !== undefined,
      (answer) => ({
        ...answer,
        headers: { ...answer.headers, 'content-type': 'application/scim+json; charset=utf-8' },
      }),
    ),
    finds: 'answer-type',
    as: 'warning',
  },
  {
    name: 'answers unknown ids with an empty 200',
    fault: answerWith(({ path }) => path.startsWith('/Users/oaa-kit-check'), 200, {}),
    finds: 'unknown-id',
    as: 'failed',
  },
  {
    name: 'breaks on unknown ids',
    fault: answerWith(({ path }) => path.startsWith('/Users/oaa-kit-check'), 500),
    finds: 'unknown-id',
    as: 'warning',
  },
  {
    name: 'sends errors without the URN of one',
    fault: changeBody(isError, ({ schemas: _, ...body }) => body),
    finds: 'error-body',
    as: 'warning',
  },
  {
    name: 'sends the status of errors as a number',
    fault: changeBody(isError, (body) => ({ ...body, status: Number(body.status) })),
    finds: 'error-status',
    as: 'warning',
  },
  {
    name: 'sends the status of a 409 alone as a number',
    fault: changeBody(
      (_, { status }) => status === 409,
      (body) => ({ ...body, status: 409 }),
    ),
    finds: 'error-status',
    as: 'warning',
  },
  {
    name: 'sends errors with extra members',
    fault: changeBody(isError, (body) => ({ ...body, diagnostics: { trace: 1 } })),
    finds: 'error-members',
    as: 'warning',
  },
  {
    name: 'lets in whoever has no credential',
    fault: takes((authorization) => authorization === undefined),
    finds: 'no-credential',
    as: 'failed',
  },
  {
    name: 'lets in whoever has any credential',
    fault: takes((authorization) => authorization !== undefined),
    finds: 'wrong-credential',
    as: 'failed',
  },
  {
    name: 'sends 401 without WWW-Authenticate',
    fault: changeAnswer(isError, (answer) => without(answer, 'www-authenticate')),
    finds: 'www-authenticate',
    as: 'warning',
  },
  { name: 'has no schemas', fault: answerWith(isAll('Schemas'), 404), finds: 'schemas-list', as: 'failed' },
  {
    name: 'answers 404 when a filter finds nobody',
    fault: changeAnswer(
      (request, { body }) => isFiltered(request) && body?.totalResults === 0,
      () => ({ status: 404, headers: {}, body: undefined }),
    ),
    finds: 'user-filter-unknown',
    as: 'failed',
  },
  {
    name: 'ignores filters',
    fault: changeRequest(isFiltered, (request) => ({ ...request, query: new URLSearchParams() })),
    finds: 'user-filter-unknown',
    as: 'failed',
    follows: ['user-filter'],
  },
  { name: 'finds nobody', fault: keep(() => false), finds: 'user-filter', as: 'failed' },
  {
    name: 'compares userName with regard to case in filters',
    fault: keep((resource, literal) => resource.userName === literal),
    finds: 'user-filter-case',
    as: 'failed',
  },
  {
    name: 'breaks on an apostrophe in a filter',
    fault: answerWith(asksFor("'"), 500),
    finds: 'user-filter-apostrophe',
    as: 'failed',
  },
  {
    name: 'refuses escaped quotes in filters',
    fault: answerWith(asksFor('\\"'), 400),
    finds: 'user-filter-quotes',
    as: 'warning',
  },
  {
    name: 'ignores startIndex',
    fault: changeRequest(isPage, (request) => {
      const query = new URLSearchParams(request.query);
      query.delete('startIndex');
      return { ...request, query };
    }),
    finds: 'pages',
    as: 'failed',
  },
  {
    name: 'gives the size of the page as the total',
    fault: changeBody(hasList, (body) => ({ ...body, totalResults: body.Resources.length })),
    finds: 'pages',
    as: 'failed',
  },
  {
    name: 'sends everybody on every page',
    fault: changeRequest(isPage, (request) => ({ ...request, query: new URLSearchParams() })),
    finds: 'pages',
    as: 'warning',
  },
];
