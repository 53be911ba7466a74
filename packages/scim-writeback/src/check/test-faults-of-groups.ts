import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, SeenRequest } from './test-endpoint.ts';
import { answerWith, changeOperations, type FaultCase, idIn, isAll, isOne, type Json, refusal } from './test-faults.ts';

const isPatch = isOne('Groups', 'PATCH');
const operationOf = ({ body }: SeenRequest): Json => body.Operations[0];
const isAdd = (request: SeenRequest): boolean => isPatch(request) && operationOf(request).op === 'add';
const isRemove = (request: SeenRequest): boolean => isPatch(request) && operationOf(request).op === 'remove';
const idsOf = (members: Json): string[] => (members ?? []).map(({ value }: Json) => value);

/** Members who are added again are there twice. */
function doubles(): Fault {
  const twice = new Map<string, Json[]>();
  return async (request, next) => {
    const id = idIn(request);
    if (isAdd(request)) {
      const { body } = await next({ ...request, method: 'GET', body: undefined });
      const again = operationOf(request).value.filter(({ value }: Json) => idsOf(body.members).includes(value));
      twice.set(id, [...(twice.get(id) ?? []), ...again]);
    }
    const answer = await next(request);
    if (!isOne('Groups', 'GET')(request) || answer.status !== 200) return answer;
    return { ...answer, body: { ...answer.body, members: [...(answer.body.members ?? []), ...(twice.get(id) ?? [])] } };
  };
}

/** Who is no member cannot be removed. */
const refusesStrangers = (status: number) => (): Fault => async (request, next) => {
  if (!isRemove(request)) return next(request);
  const { body } = await next({ ...request, method: 'GET', body: undefined });
  const strangers = idsOf(operationOf(request).value).filter((id) => !idsOf(body.members).includes(id));
  return strangers.length > 0 ? refusal(status) : next(request);
};

/** Reads the group, takes a while, and writes it back: the last one wins. */
function losesUpdates(): Fault {
  return async (request, next) => {
    if (!isAdd(request)) return next(request);
    const { body } = await next({ ...request, method: 'GET', body: undefined });
    await sleep(100);
    const members = [...idsOf(body.members), ...idsOf(operationOf(request).value)].map((value) => ({ value }));
    return next({ ...request, method: 'PUT', body: { schemas: body.schemas, displayName: body.displayName, members } });
  };
}

/** Users who were deleted are shown as members still. */
function remembersMembers(): Fault {
  const added = new Map<string, Json[]>();
  const deleted = new Set<string>();
  return async (request, next) => {
    const id = idIn(request);
    if (isAdd(request)) added.set(id, [...(added.get(id) ?? []), ...operationOf(request).value]);
    if (isOne('Users', 'DELETE')(request)) deleted.add(id);
    const answer = await next(request);
    if (!isOne('Groups', 'GET')(request) || answer.status !== 200) return answer;
    const gone = (added.get(id) ?? []).filter(({ value }) => deleted.has(value));
    return { ...answer, body: { ...answer.body, members: [...(answer.body.members ?? []), ...gone] } };
  };
}

/** What is wrong with groups and their members. */
export const faultsOfGroups: readonly FaultCase[] = [
  {
    name: 'wants members with every group',
    fault: answerWith((request) => isAll('Groups', 'POST')(request) && request.body.members === undefined, 400),
    finds: 'group-create',
    as: 'failed',
  },
  { name: 'reads no group by id', fault: answerWith(isOne('Groups', 'GET'), 404), finds: 'group-read', as: 'failed' },
  {
    name: 'replaces the members by who is added',
    fault: changeOperations(isAdd, ([operation]) => [{ ...operation, op: 'replace' }]),
    finds: 'member-add',
    as: 'failed',
    follows: ['member-parallel'],
  },
  { name: 'makes a member twice of who is added twice', fault: doubles, finds: 'member-add-repeat', as: 'failed' },
  {
    name: 'empties the group on remove with a value list',
    fault: changeOperations(isRemove, ([{ op, path }]) => [{ op, path }]),
    finds: 'member-remove',
    as: 'failed',
  },
  {
    name: 'ignores remove with a value list',
    fault: answerWith(isRemove, 204, undefined),
    finds: 'member-remove',
    as: 'failed',
  },
  {
    name: 'breaks on the removal of who is no member',
    fault: refusesStrangers(500),
    finds: 'member-remove-repeat',
    as: 'failed',
  },
  {
    name: 'refuses the removal of who is no member',
    fault: refusesStrangers(400),
    finds: 'member-remove-repeat',
    as: 'warning',
  },
  { name: 'loses members who are added at the same time', fault: losesUpdates, finds: 'member-parallel', as: 'failed' },
  {
    name: 'leaves users who were deleted in groups',
    fault: remembersMembers,
    finds: 'user-delete-memberships',
    as: 'warning',
  },
  {
    name: 'has no DELETE of groups',
    fault: answerWith(isOne('Groups', 'DELETE'), 501),
    finds: 'group-delete',
    as: 'warning',
    leaves: true,
  },
];
