import { createHash } from 'node:crypto';
import { hasErrors, InputError, validate, type WireApplicationPayload } from '@oaa-kit/oaa';
import { attributeMapping } from '../../../attributes/attribute-mapping.ts';
import { formatAsOf, parseAsOf } from '../../../base/merge/as-of.ts';
import { type Mappings, readBase } from '../../../base/merge/read-base.ts';
import type { AcceptedBase, BaseStore, LastBase, SubmitOptions } from '../../bases.ts';
import { readRevision } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { SqlAccess } from '../sql-access.ts';
import { type KeptLastBase, packJson, readBases, readLastBase, unpackJson, unpackLinking } from './base-rows.ts';
import { readDrifts } from './drift-rows.ts';
import { type PreviousBase, submitBase } from './submit-base.ts';

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
    const base = readBase(checked(payload), this.#mappings);
    const json = JSON.stringify(payload);
    const submission = {
      base,
      digest: createHash('sha256').update(json).digest('hex'),
      packed: await packJson(json),
      begun,
      actor: options.actor,
      maxRemovalPercent: options.maxRemovalPercent,
    };
    // Read before the transaction, which all other changes wait for; within it, only when it was not the last one any more.
    const known = await this.#previous(await readLastBase(this.#access.read, this.#scope));
    return this.#access.write(async (db) => {
      const [last] = await readBases(db, this.#scope, 1);
      const isLast = last?.record.generation === known?.record.generation;
      const previous = isLast ? known : await this.#previous(await readLastBase(db, this.#scope));
      return submitBase(db, this.#scope, this.#mappings, previous, submission);
    });
  }

  async list() {
    return (await readBases(this.#access.read, this.#scope)).map(({ record }) => record);
  }

  async last(): Promise<LastBase | undefined> {
    const last = await readLastBase(this.#access.read, this.#scope);
    if (last === undefined) return undefined;
    return {
      record: last.record,
      payload: await unpackJson(last.payload),
      linking: await unpackLinking(last.linking),
    };
  }

  drifts() {
    return readDrifts(this.#access.read, this.#scope);
  }

  async #previous(last: KeptLastBase | undefined): Promise<PreviousBase | undefined> {
    if (last === undefined) return undefined;
    const { record, begun } = last;
    const payload = (await unpackJson(last.payload)) as WireApplicationPayload;
    return { record, begun, base: readBase(payload, this.#mappings), linking: await unpackLinking(last.linking) };
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
