import type { Fault, SeenRequest } from './test-endpoint.ts';
import {
  answerWith,
  changeAnswer,
  changeBody,
  changeOperations,
  changeRequest,
  type FaultCase,
  idIn,
  ignore,
  isAll,
  isOne,
  isPatchOf,
  type Json,
  refusal,
} from './test-faults.ts';

const post = isAll('Users', 'POST');
const isUser = (body: Json): boolean => body?.userName !== undefined;

/** Changes every user that is shown, also in lists. */
const showUsers = (change: (user: Json) => Json) =>
  changeBody(
    (_, { body }) => isUser(body) || body?.Resources !== undefined,
    (body) =>
      isUser(body)
        ? change(body)
        : { ...body, Resources: body.Resources.map((one: Json) => (isUser(one) ? change(one) : one)) },
  );

/** The same request about a user, one after the other, is refused. */
function refusesRepeats(): Fault {
  let last = '';
  return async (request, next) => {
    const text = JSON.stringify([request.path, request.body]);
    if (!isOne('Users', 'PATCH')(request)) return next(request);
    const repeated = text === last;
    last = text;
    return repeated ? refusal(400, 'invalidValue') : next(request);
  };
}

/** Every PATCH of a user counts as a change. */
function countsChanges(): Fault {
  let changes = 0;
  return async (request, next) => {
    if (isOne('Users', 'PATCH')(request)) changes += 1;
    const answer = await next(request);
    if (!isUser(answer.body)) return answer;
    const lastModified = new Date(Date.UTC(2026, 0, 1, 0, 0, changes)).toISOString();
    return { ...answer, body: { ...answer.body, meta: { ...answer.body.meta, lastModified } } };
  };
}

/** Told of users who are deleted, by id. */
const afterDelete =
  (second: (request: SeenRequest) => boolean, answer: () => ReturnType<typeof refusal>) => (): Fault => {
    const deleted = new Set<string>();
    return async (request, next) => {
      const id = idIn(request);
      if (deleted.has(id) && second(request)) return answer();
      const given = await next(request);
      if (isOne('Users', 'DELETE')(request) && given.status === 204) deleted.add(id);
      return given;
    };
  };

/** Names of those who are deleted stay taken. */
function keepsNames(): Fault {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  return async (request, next) => {
    if (post(request) && taken.has(request.body.userName)) return refusal(409, 'uniqueness');
    const answer = await next(request);
    if (post(request) && answer.status === 201) names.set(answer.body.id, answer.body.userName);
    if (request.method === 'DELETE') taken.add(names.get(idIn(request)) ?? '');
    return answer;
  };
}

/** Whoever has the name is answered where somebody else should be made. */
function takesDuplicates(): Fault {
  const users = new Map<string, Json>();
  return async (request, next) => {
    const answer = await next(request);
    if (!post(request)) return answer;
    const { userName } = request.body;
    if (answer.status === 201) users.set(userName, answer.body);
    return answer.status === 409 ? { status: 200, headers: {}, body: users.get(userName) } : answer;
  };
}

/** Whoever is made is shown neither by id nor in lists. */
function hidesUsers(): Fault {
  const hidden = new Set<string>();
  return async (request, next) => {
    const answer = await next(request);
    if (post(request) && answer.status === 201) hidden.add(answer.body.id);
    if (isOne('Users')(request) && hidden.has(idIn(request))) return refusal(404);
    if (answer.body?.Resources === undefined) return answer;
    const Resources = answer.body.Resources.filter(({ id }: Json) => !hidden.has(id));
    return {
      ...answer,
      body: { ...answer.body, totalResults: Resources.length, itemsPerPage: Resources.length, Resources },
    };
  };
}

/** What is wrong with users who are made, changed and deleted. */
export const faultsOfUsers: readonly FaultCase[] = [
  {
    name: 'lets the credential only read',
    fault: () => (request, next) => next(request),
    reader: true,
    finds: 'credential-writes',
    as: 'failed',
    follows: ['group-create'],
  },
  {
    name: 'wants a type with every address',
    fault: answerWith((request) => post(request) && request.body.emails[0].type === undefined, 400),
    finds: 'user-create',
    as: 'failed',
  },
  {
    name: 'sends ids as numbers',
    fault: changeBody(post, (body) => ({ ...body, id: 4711 })),
    finds: 'user-create',
    as: 'failed',
  },
  {
    name: 'answers a POST with 200',
    fault: changeAnswer(
      (request, { status }) => post(request) && status === 201,
      (answer) => ({ ...answer, status: 200 }),
    ),
    finds: 'user-create',
    as: 'warning',
  },
  {
    name: 'sends no Location',
    fault: changeAnswer(post, ({ headers: { location: _, ...headers }, ...answer }) => ({ ...answer, headers })),
    finds: 'user-create-location',
    as: 'warning',
  },
  {
    name: 'refuses "; charset" on the content type',
    fault: answerWith(({ headers }) => headers['content-type']?.includes('charset') === true, 415),
    finds: 'request-type',
    as: 'warning',
  },
  { name: 'shows nobody who was made', fault: hidesUsers, finds: 'user-read', as: 'failed', leaves: true },
  { name: 'reads no user by id', fault: answerWith(isOne('Users', 'GET'), 404), finds: 'user-read', as: 'failed' },
  {
    name: 'drops the addresses of a new user',
    fault: changeRequest(post, ({ body: { emails: _, ...body }, ...request }) => ({ ...request, body })),
    finds: 'user-attributes',
    as: 'failed',
  },
  {
    name: 'shows active as a text',
    fault: showUsers((user) => ({ ...user, active: user.active ? 'True' : 'False' })),
    finds: 'active-boolean',
    as: 'warning',
  },
  {
    name: 'shows another id each time',
    fault: () => {
      let count = 0;
      const rename = changeBody(isOne('Users', 'GET'), (body) => {
        count += 1;
        return isUser(body) ? { ...body, id: `${body.id}-${count}` } : body;
      });
      return rename();
    },
    finds: 'id-stable',
    as: 'failed',
  },
  {
    name: 'shows another id in lists',
    fault: changeBody(
      (_, { body }) => body?.Resources !== undefined,
      (body) => ({ ...body, Resources: body.Resources.map((one: Json) => ({ ...one, id: `list-${one.id}` })) }),
    ),
    finds: 'id-stable',
    as: 'failed',
  },
  {
    name: 'shows a relative location',
    fault: changeBody(
      (request, { body }) => isOne('Users', 'GET')(request) && isUser(body),
      (body) => ({ ...body, meta: { ...body.meta, location: `/Users/${body.id}` } }),
    ),
    finds: 'meta-location',
    as: 'warning',
  },
  {
    name: 'breaks on duplicates',
    fault: changeAnswer(
      (_, { status }) => status === 409,
      () => refusal(500),
    ),
    finds: 'user-conflict',
    as: 'failed',
  },
  {
    name: 'takes a duplicate for the one who is there',
    fault: takesDuplicates,
    finds: 'user-conflict',
    as: 'failed',
  },
  {
    name: 'sends 409 without scimType',
    fault: changeBody(
      (_, { status }) => status === 409,
      ({ scimType: _, ...body }) => body,
    ),
    finds: 'conflict-scim-type',
    as: 'warning',
  },
  {
    name: 'takes a userName in upper case for another one',
    fault: answerWith((request) => post(request) && request.body.userName.startsWith('OAA'), 201, { id: 'made' }),
    finds: 'conflict-case',
    as: 'warning',
    // Nothing was made, but the answer says so.
    leaves: true,
  },
  {
    name: 'ignores a replace and says that it was done',
    fault: ignore(isPatchOf('displayName')),
    finds: 'patch-replace',
    as: 'failed',
  },
  {
    name: 'ignores dotted paths and says that it was done',
    fault: ignore(isPatchOf('name.givenName')),
    finds: 'patch-dotted',
    as: 'failed',
  },
  {
    name: 'replaces the whole name by one part',
    fault: changeOperations(isPatchOf('name.givenName'), ([{ value }]) => [
      { op: 'remove', path: 'name' },
      { op: 'add', path: 'name.givenName', value },
    ]),
    finds: 'patch-dotted',
    as: 'failed',
  },
  {
    name: 'adds to a list that is to be replaced',
    fault: changeOperations(isPatchOf('emails'), ([operation]) => [{ ...operation, op: 'add' }]),
    finds: 'patch-array',
    as: 'failed',
  },
  {
    name: 'carries out the first operation only',
    fault: changeOperations(
      () => true,
      (operations) => operations.slice(0, 1),
    ),
    finds: 'patch-several',
    as: 'failed',
  },
  { name: 'refuses what changes nothing', fault: refusesRepeats, finds: 'patch-repeat', as: 'failed' },
  { name: 'changes lastModified for a no-op', fault: countsChanges, finds: 'patch-no-op', as: 'warning' },
  {
    name: 'ignores active and says that it was done',
    fault: ignore(isPatchOf('active', false)),
    finds: 'user-deactivate',
    as: 'failed',
  },
  {
    name: 'hides who was deactivated',
    fault: changeAnswer(
      (request, { body }) => isOne('Users', 'GET')(request) && body?.active === false,
      () => refusal(404),
    ),
    finds: 'user-deactivated-kept',
    as: 'failed',
  },
  {
    name: 'activates nobody again',
    fault: answerWith(isPatchOf('active', true), 400),
    finds: 'user-reactivate',
    as: 'failed',
  },
  {
    name: 'has no DELETE of users',
    fault: answerWith(isOne('Users', 'DELETE'), 405),
    finds: 'user-delete',
    as: 'failed',
    leaves: true,
  },
  {
    name: 'answers DELETE with 204 and keeps the user',
    fault: ignore(isOne('Users', 'DELETE')),
    finds: 'user-delete',
    as: 'failed',
    follows: ['user-delete-repeat', 'user-delete-memberships'],
    leaves: true,
  },
  {
    name: 'breaks on the second DELETE',
    fault: afterDelete(
      ({ method }) => method === 'DELETE',
      () => refusal(500),
    ),
    finds: 'user-delete-repeat',
    as: 'failed',
  },
  { name: 'keeps the names of who was deleted', fault: keepsNames, finds: 'user-name-free', as: 'failed' },
];
