import { OaaError } from '@oaa-kit/oaa';
import { equalsFilter } from '../client/read-by-id.ts';
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
  const certain = new Map(
    made
      .filter(hasId)
      .filter(({ confirmed }) => confirmed)
      .map((one) => [one.id, one]),
  );
  for (const one of [...certain.values()].reverse()) if (!(await isGone(one, ask))) leave(one);
  // Last, so that a POST whose answer was not waited for has had its time.
  for (const one of made.filter(({ confirmed }) => !confirmed)) {
    const ids = await idsOf(one, ask);
    // Whoever refused has made nothing; otherwise nobody knows.
    if (ids === undefined && !one.refused) leave(one);
    for (const id of ids ?? []) if (!(await isGone({ ...one, id }, ask))) leave({ ...one, id });
  }
  return left;
}

type Ask = (request: CheckRequest) => Promise<Answer | undefined>;

/** The ids under which the endpoint shows what was made; undefined when it does not tell. */
async function idsOf(one: Made, ask: Ask): Promise<readonly string[] | undefined> {
  const { endpoint, name } = one;
  const shown = hasId(one) ? await ask({ method: 'GET', endpoint, id: one.id }) : undefined;
  if (shown !== undefined && hasId(one) && showsName(shown, one)) return [one.id];
  const query = { filter: equalsFilter(nameAttributes[endpoint], name) };
  const list = await ask({ method: 'GET', endpoint, query });
  const resources = list && resourcesOf(list);
  // An endpoint that ignores the filter shows others, whom nobody may touch.
  return resources?.filter((body) => showsName({ status: 200, body }, one)).flatMap((body) => idOf({ body }) ?? []);
}

async function isGone({ endpoint, name, id }: Confirmed, ask: Ask): Promise<boolean> {
  const deleted = await ask({ method: 'DELETE', endpoint, id });
  if (deleted === undefined) return false;
  const shown = await ask({ method: 'GET', endpoint, id });
  if (shown === undefined) return false;
  if (showsName(shown, { endpoint, name })) return false;
  return shown.status === 404 || shown.status === 410 || succeeded(deleted);
}
