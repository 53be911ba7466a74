import { setImmediate } from 'node:timers/promises';
import { hasErrors, InputError, validate, type WireApplicationPayload } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import { attributeMapping } from '../../../attributes/attribute-mapping.ts';
import { formatAsOf, parseAsOf } from '../../../base/merge/as-of.ts';
import { type Mappings, readBase } from '../../../base/merge/read-base.ts';
import type { AcceptedBase, BaseStore, LastBase, SubmitOptions } from '../../bases.ts';
import { readRevision } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { SqlAccess } from '../sql-access.ts';
import type { Tables } from '../tables.ts';
import { acceptBase } from './accept-base.ts';
import { isSameMoment, type Moment, readMoment } from './base-moment.ts';
import { type KeptLastBase, readBases, readLastBase, unpackRows } from './base-rows.ts';
import { readDrifts } from './drift-rows.ts';
import { packPayload, unpackPayload } from './packed-payload.ts';
import { type PlannedBase, type PreviousBase, planBase, type Submission } from './plan-base.ts';

/** So often a base is merged while others may change the directory; then in the transaction, which nobody can come before. */
const attemptsAside = 3;

/** A base that was merged with the directory of one moment. */
interface MergedBase {
  readonly moment: Moment;
  readonly planned: PlannedBase;
}

/** The bases of one organization in a database. */
export class SqlBaseStore implements BaseStore {
  readonly #access: SqlAccess;
  readonly #scope: Scope;
  readonly #mappings: Mappings;

  constructor(access: SqlAccess, scope: Scope) {
    this.#access = access;
    this.#scope = scope;
    const { User, Group } = scope.kinds;
    this.#mappings = { User: attributeMapping(User.schema), Group: attributeMapping(Group.schema) };
  }

  async begin(): Promise<{ readonly asOf: string }> {
    // One after the other: changes in between count as made since, which at worst lets them stand for one base.
    const revision = await readRevision(this.#access.read, this.#scope.organization);
    const [last] = await readBases(this.#access.read, this.#scope, 1);
    return { asOf: formatAsOf({ revision, generation: last?.record.generation ?? 0 }) };
  }

  async submit(payload: unknown, options: SubmitOptions): Promise<AcceptedBase> {
    const begun = options.asOf === undefined ? undefined : parseAsOf(options.asOf);
    // Requests have their turn between what takes long for a large payload.
    await setImmediate();
    const valid = checked(payload);
    await setImmediate();
    const base = readBase(valid, this.#mappings);
    const { actor, maxRemovalPercent, link: contact, application } = options;
    const submission = { ...(await packPayload(valid)), base, begun, actor, maxRemovalPercent, contact, application };
    for (let attempt = 1; ; attempt += 1) {
      const merged = attempt > attemptsAside ? undefined : await this.#mergeAside(submission);
      const accepted = await this.#access.write(async (db) => {
        if (merged === undefined) return this.#accept(db, await this.#plan(db, submission), submission);
        const isCurrent = isSameMoment(merged.moment, await readMoment(db, this.#scope));
        return isCurrent ? this.#accept(db, merged.planned, submission) : undefined;
      });
      if (accepted !== undefined) return accepted;
    }
  }

  async list() {
    return (await readBases(this.#access.read, this.#scope)).map(({ record }) => record);
  }

  async last(): Promise<LastBase | undefined> {
    const last = await readLastBase(this.#access.read, this.#scope);
    if (last === undefined) return undefined;
    return {
      record: last.record,
      payload: await unpackPayload(last.payload),
      linking: (await unpackRows(last.linking)).linking,
    };
  }

  drifts() {
    return readDrifts(this.#access.read, this.#scope);
  }

  /** Merges a base with what is committed, without keeping anybody from changing it. */
  #mergeAside(submission: Submission): Promise<MergedBase> {
    return this.#access.snapshot(async (db) => ({
      moment: await readMoment(db, this.#scope),
      planned: await this.#plan(db, submission),
    }));
  }

  async #plan(db: Kysely<Tables>, submission: Submission): Promise<PlannedBase> {
    const last = await readLastBase(db, this.#scope);
    return planBase(db, this.#scope, this.#mappings, await this.#previous(last), submission);
  }

  #accept(db: Kysely<Tables>, planned: PlannedBase, submission: Submission): Promise<AcceptedBase> {
    return acceptBase(db, this.#scope, this.#mappings, planned, submission);
  }

  async #previous(last: KeptLastBase | undefined): Promise<PreviousBase | undefined> {
    if (last === undefined) return undefined;
    const { record, begun } = last;
    const payload = await unpackPayload(last.payload);
    const { linking } = await unpackRows(last.linking);
    return { record, begun, base: readBase(payload, this.#mappings), linking };
  }
}

/** @throws InputError `payload-invalid` */
function checked(payload: unknown): WireApplicationPayload {
  const diagnostics = validate(payload, { template: 'application' });
  if (!hasErrors(diagnostics)) return payload as WireApplicationPayload;
  throw new InputError('payload-invalid', 'The base is not a valid payload. Nothing was changed.', {
    diagnostics,
    hint: 'Correct what is listed; `oaa validate` shows it with the places in the file.',
  });
}
