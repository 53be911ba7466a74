import { OaaError } from '@oaa-kit/oaa';
import { equalsFilter } from '../client/read-by-id.ts';
import { foldCase } from '../protocol/text/fold-case.ts';
import type { CheckReport } from './check-report.ts';
import { succeeded } from './judge.ts';
import { type Confirmed, hasId, type Made, nameAttributes } from './made.ts';
import { idOf, resourcesOf } from './scim-answers.ts';
import { showsName } from './shows-name.ts';
import type { Answer, CheckRequest, Wire } from './wire.ts';

/** As long as the whole clean-up may take. */
const patienceMs = 60_000;

type LeftBehind = CheckReport['leftBehind'][number];

/**
 * Deletes what the check has made, the newest first, and looks whether it is gone. Takes its own time also when the check
 * was aborted. Deletes nothing that the endpoint has not shown under the name that only the check knows.
 *
 * @returns what is still there, or may be
 */
export async function cleanUp(wire: Wire, made: readonly Made[]): Promise<readonly LeftBehind[]> {
  const signal = AbortSignal.timeout(patienceMs);
  const ask = async (request: CheckRequest): Promise<Answer | undefined> => {
    try {
      return await wire.send(request, signal);
    } catch (error) {
      // No answer: whether it is there is not known.
      if (error instanceof OaaError) return undefined;
      throw error;
    }
  };
  const left: LeftBehind[] = [];
  const leave = ({ endpoint, name, id = '' }: Made): void => {
    left.push({ kind: endpoint === 'Users' ? 'User' : 'Group', id, name });
  };
  const dealt = new Map<string, Made>();
  const settle = async (one: Confirmed): Promise<void> => {
    if (dealt.has(placeOf(one))) return;
    dealt.set(placeOf(one), one);
    if (!(await isGone(one, ask))) leave(one);
  };
  const confirmed = made.filter(hasId).filter((one) => one.confirmed);
  for (const one of confirmed.toReversed()) await settle(one);
  // Last, so that a POST whose answer was not waited for has had its time.
  for (const one of made.filter((each) => !each.confirmed)) {
    const { ids, isForeign } = await look(one, ask);
    for (const id of ids ?? []) await settle({ ...one, id });
    // An id that belongs to somebody else is not told: people delete by it.
    if (!ids?.length && !isDealt(one, dealt) && mayBeThere(one, ids))
      leave(isForeign ? { ...one, id: undefined } : one);
  }
  return left;
}

type Ask = (request: CheckRequest) => Promise<Answer | undefined>;

/** A service may give a user and a group the same id. */
function placeOf({ endpoint, id }: Confirmed): string {
  return `${endpoint}/${id}`;
}

/** Whether it is the same as another one, which a service may answer a POST with whose name is taken. */
function isDealt(one: Made, dealt: ReadonlyMap<string, Made>): boolean {
  const other = hasId(one) ? dealt.get(placeOf(one)) : undefined;
  return other !== undefined && foldCase(other.name) === foldCase(one.name);
}

/** Whether what is not found again may have been made. A failure that the list bears out is believed. */
function mayBeThere({ outcome }: Made, ids: readonly string[] | undefined): boolean {
  if (outcome === 'nothing') return false;
  return outcome !== 'failed' || ids === undefined;
}

/** Where what was made is found again. */
interface Found {
  /** The ids under which the endpoint shows it; undefined when it does not tell. */
  readonly ids: readonly string[] | undefined;
  /** Whether the id that the POST told is shown with another name. */
  readonly isForeign: boolean;
}

async function look(one: Made, ask: Ask): Promise<Found> {
  const { endpoint, name } = one;
  const shown = hasId(one) ? await ask({ method: 'GET', endpoint, id: one.id }) : undefined;
  if (shown !== undefined && hasId(one) && showsName(shown, one)) return { ids: [one.id], isForeign: false };
  const query = { filter: equalsFilter(nameAttributes[endpoint], name) };
  const list = await ask({ method: 'GET', endpoint, query });
  const resources = list && resourcesOf(list);
  // An endpoint that ignores the filter shows others, whom nobody may touch.
  const named = resources?.filter((body) => showsName({ status: 200, body }, one));
  return { ids: named?.flatMap((body) => idOf({ body }) ?? []), isForeign: shown?.status === 200 };
}

async function isGone({ endpoint, name, id }: Confirmed, ask: Ask): Promise<boolean> {
  const deleted = await ask({ method: 'DELETE', endpoint, id });
  if (deleted === undefined) return false;
  const shown = await ask({ method: 'GET', endpoint, id });
  if (shown === undefined) return false;
  if (showsName(shown, { endpoint, name })) return false;
  return shown.status === 404 || shown.status === 410 || succeeded(deleted);
}
