import type { ResolvedFilter } from '../filter/resolved-filter.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import type { MemberDelta } from './member-delta.ts';

interface Step {
  readonly replaceAll: boolean;
  readonly remove: Set<string>;
  readonly removeMatching: ResolvedFilter[];
  readonly add: Map<string, ScimObject>;
}

/** Collects what operations do to members, so that each id is named once however often operations name it. */
export class MemberChanges {
  #steps: Step[] = [];

  add(id: string, member: ScimObject): void {
    const step = this.#lastStep();
    step.remove.delete(id);
    if (!step.add.has(id)) step.add.set(id, member);
  }

  remove(id: string): void {
    const step = this.#lastStep();
    step.add.delete(id);
    if (!step.replaceAll) step.remove.add(id);
  }

  /** Takes out the members whom a filter matches. */
  removeMatching(filter: ResolvedFilter): void {
    const last = this.#steps.at(-1);
    if (last?.replaceAll && last.add.size === 0) return;
    // Whether it matches a member who was just added depends on what is stored of that member.
    if (last === undefined || last.replaceAll || last.add.size > 0) this.#steps.push(emptyStep(false));
    this.#lastStep().removeMatching.push(filter);
  }

  /** Takes all members out. */
  clear(): void {
    this.#steps = [emptyStep(true)];
  }

  toDelta(): MemberDelta {
    return this.#steps
      .filter(
        ({ replaceAll, remove, removeMatching, add }) =>
          replaceAll || remove.size + removeMatching.length + add.size > 0,
      )
      .map(({ replaceAll, remove, removeMatching, add }) => ({
        replaceAll,
        remove: [...remove],
        removeMatching,
        add: [...add.values()],
      }));
  }

  #lastStep(): Step {
    const last = this.#steps.at(-1);
    if (last !== undefined) return last;
    const first = emptyStep(false);
    this.#steps.push(first);
    return first;
  }
}

function emptyStep(replaceAll: boolean): Step {
  return { replaceAll, remove: new Set(), removeMatching: [], add: new Map() };
}
