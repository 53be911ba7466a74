import {
  GuardError,
  hasErrors,
  RemoteError,
  UnreachableError,
  validate,
  type WireApplicationPayload,
} from '@oaa-kit/oaa';
import type { PushRequest, PushTarget } from '@oaa-kit/scim-writeback/publish';
import type { PushFault } from './histories.ts';

/** A data source in memory. It looks at each payload that it is sent, also at those that it does not take in. */
export class LawDataSource implements PushTarget {
  payload: WireApplicationPayload | undefined;
  pushes = 0;
  /** Of the next push. */
  fault: PushFault | undefined;
  /** Ends the process that pushes. */
  kill: () => void = () => undefined;
  readonly #inspect: (payload: WireApplicationPayload) => Promise<void>;

  constructor(inspect: (payload: WireApplicationPayload) => Promise<void>) {
    this.#inspect = inspect;
  }

  async push(payload: WireApplicationPayload, { beforeSend, acceptRemoval }: PushRequest) {
    const { fault } = this;
    this.fault = undefined;
    if (fault === 'guard' && !acceptRemoval) {
      throw new GuardError('guard', 'Too much would go.', { removals: [{ kind: 'users', removed: 5, total: 6 }] });
    }
    await beforeSend();
    await this.#inspect(payload);
    if (fault === 'refused') throw new RemoteError('remote-refused', 'Refused.', { status: 400 });
    if (fault === 'value refused') {
      const violation = { field: 'applications.local_users.custom_properties.title', description: 'Bad title.' };
      throw new RemoteError('remote-refused', 'Refused.', { status: 400, violations: [violation] });
    }
    if (fault === 'cut') throw new UnreachableError('unreachable', 'Cut.');
    this.pushes += 1;
    this.payload = structuredClone(payload);
    if (fault === 'answer lost') throw new UnreachableError('unreachable', 'Cut.', { mayHaveBeenReceived: true });
    if (fault === 'process dies') this.kill();
    return { dataSourceId: 'ds-1', warnings: [] };
  }

  async dataSourceId(): Promise<string | undefined> {
    return this.payload === undefined ? undefined : 'ds-1';
  }
}

/** What is wrong with a payload, whatever it says. */
export function faultsOf(payload: WireApplicationPayload): readonly string[] {
  const diagnostics = validate(payload);
  const problems = hasErrors(diagnostics) ? diagnostics.map(({ message }) => message) : [];
  const [{ local_users: users = [], local_groups: groups = [] } = {}] = payload.applications;
  const nameless = [...users, ...groups].filter(({ id }) => id === undefined);
  return [...problems, ...nameless.map(({ name }) => `${name} has no id.`)];
}
