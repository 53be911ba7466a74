import type { Kysely } from 'kysely';
import { takeFacts } from '../../../attributes/take-facts.ts';
import type { Mappings } from '../../../base/merge/read-base.ts';
import { foldCase } from '../../../protocol/text/fold-case.ts';
import type { Turns } from '../../../turns/turns.ts';
import type { BaseNotice } from '../../bases.ts';
import type { ChangeContext, ResourceKind } from '../../directory.ts';
import { compileOnce } from '../compile-once.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { updateResource } from '../update-resource.ts';
import type { PlannedUpdate } from './base-plan.ts';
import { inSavepoint } from './in-savepoint.ts';
import { nameAttributes } from './read-changes-since.ts';
import { rowResource, valueTaken, valueUnusable } from './row-resource.ts';

/** So often those are sorted out that want the name of somebody who keeps it; then the rest stays as it is. */
const maxRounds = 20;

const giveUpName = compileOnce((db, given: { organization: string; id: string; name: string }) =>
  db
    .deleteFrom('unique_values')
    .where('organization', '=', given.organization)
    .where('kind', '=', 'User')
    .where('attribute', '=', 'userName')
    .where('id', '=', given.id)
    .where('value', '!=', given.name),
);

/**
 * Gives resources what they take from the base; gives how many were changed. User names may change hands, also in a circle:
 * whoever wants one that is not free waits until all who wait have given up theirs. Who does not get it keeps the own one, and
 * takes all else.
 */
export async function applyUpdates(
  db: Kysely<Tables>,
  scope: Scope,
  updates: readonly PlannedUpdate[],
  { mappings, context, turns }: { readonly mappings: Mappings; readonly context: ChangeContext; readonly turns: Turns },
): Promise<{ readonly count: number; readonly notices: readonly BaseNotice[] }> {
  const notices: BaseNotice[] = [];
  const updater = new Updater(db, scope, mappings, context);
  let waiting: PlannedUpdate[] = [];
  for (const { kind, id, row, paths } of updates) {
    if (turns.isOver) await turns.next();
    const name = nameAttributes[kind];
    const isUsable = !paths.includes(name) || rowResource(kind, row, mappings).isNamed;
    if (!isUsable) notices.push(valueUnusable(kind, row));
    const update = { kind, id, row, paths: isUsable ? paths : paths.filter((path) => path !== name) };
    if (update.paths.length > 0 && !(await updater.apply(update))) waiting.push(update);
  }
  for (let round = 0; waiting.length > 0; round += 1) {
    const refused = round < maxRounds ? await updater.applyTogether(waiting) : waiting;
    for (const update of refused) {
      notices.push(valueTaken(update.kind, update.row));
      // What is not unique is nobody else's: who is active, say.
      const paths = update.paths.filter((path) => !isUnique(scope, update.kind, path));
      if (paths.length > 0) await updater.apply({ ...update, paths });
    }
    waiting = refused.length > 0 ? waiting.filter((update) => !refused.includes(update)) : [];
  }
  return { count: updater.count, notices };
}

function isUnique({ kinds }: Scope, kind: ResourceKind, path: string): boolean {
  return kinds[kind].unique.some((one) => one.path === path || one.path.startsWith(`${path}.`));
}

class Updater {
  count = 0;
  readonly #db: Kysely<Tables>;
  readonly #scope: Scope;
  readonly #mappings: Mappings;
  readonly #context: ChangeContext;

  constructor(db: Kysely<Tables>, scope: Scope, mappings: Mappings, context: ChangeContext) {
    this.#db = db;
    this.#scope = scope;
    this.#mappings = mappings;
    this.#context = context;
  }

  /** False: another resource has one of the values, and nothing was changed. */
  async apply({ kind, id, row, paths }: PlannedUpdate): Promise<boolean> {
    const { attributes: from } = rowResource(kind, row, this.#mappings);
    return inSavepoint(this.#db, async () => {
      const { changed } = await updateResource(
        this.#db,
        this.#scope,
        kind,
        id,
        ({ attributes }) => ({ attributes: takeFacts(attributes, from, paths, this.#mappings[kind]) }),
        this.#context,
      );
      if (changed) this.count += 1;
      return true;
    });
  }

  /**
   * Applies all or nothing, so that nobody gives up a name for none. Gives those that would be refused even so.
   */
  async applyTogether(updates: readonly PlannedUpdate[]): Promise<readonly PlannedUpdate[]> {
    const { organization } = this.#scope;
    const before = this.count;
    const refused: PlannedUpdate[] = [];
    const isDone = await inSavepoint(this.#db, async () => {
      for (const { kind, id, row, paths } of updates) {
        if (kind !== 'User' || !paths.includes('userName')) continue;
        await giveUpName(this.#db, { organization, id, name: foldCase(row.entity.name) });
      }
      for (const update of updates) if (!(await this.apply(update))) refused.push(update);
      return refused.length === 0;
    });
    if (!isDone) this.count = before;
    return refused;
  }
}
