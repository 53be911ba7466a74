import type { ChangeRow } from '../../directory/directory.ts';

/**
 * Which facts the directory has changed since an extraction began, other than by bases: of these it knows more than the base,
 * which may have missed them.
 */
export class ChangesSince {
  readonly #existence = new Set<string>();
  readonly #created = new Set<string>();
  readonly #attributes = new Map<string, Set<string>>();
  readonly #members = new Map<string, Set<string>>();

  /** Takes in a change after the revision at which the extraction began. */
  add({ id, operation, facts, origin }: Pick<ChangeRow, 'id' | 'operation' | 'facts' | 'origin'>): void {
    if (origin === 'extraction') return;
    if (operation !== 'update') this.#existence.add(id);
    if (operation === 'create') this.#created.add(id);
    for (const name of Object.keys(facts.attributes ?? {})) enter(this.#attributes, id, name);
    for (const member of facts.membersAdded ?? []) enter(this.#members, id, member);
    for (const member of facts.membersRemoved ?? []) enter(this.#members, id, member);
    for (const group of facts.groupsLeft ?? []) enter(this.#members, group, id);
  }

  /** That a resource is there, or not. */
  hasExistence(id: string): boolean {
    return this.#existence.has(id);
  }

  /**
   * Who was created since has all attributes since then, also those that were left empty.
   *
   * @param name of an attribute, with URN for one of an extension: as `ChangedFacts` has it
   */
  hasAttribute(id: string, name: string): boolean {
    return this.#created.has(id) || (this.#attributes.get(id)?.has(name) ?? false);
  }

  hasMember(groupId: string, memberId: string): boolean {
    return this.#members.get(groupId)?.has(memberId) ?? false;
  }
}

function enter(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}
