import { foldKey, type WireApplicationPayload } from '@oaa-kit/oaa';
import type { Link } from '@oaa-kit/scim-writeback/directory';
import type { Account, LawApplication } from './application.ts';
import { faultsOf } from './data-source.ts';

/** Remembers keys of links, and for whom grants were ever published. */
export class GrantLedger {
  readonly #application: LawApplication;
  readonly #keys = new Map<string, string>();
  readonly #linkOf = new Map<string, string>();
  readonly #accountOf = new Map<string, string>();
  /** Ids of accounts that were taken away behind the back of SCIM. */
  readonly #lost = new Set<string>();

  constructor(application: LawApplication) {
    this.#application = application;
  }

  /** An account was taken away, and SCIM does not know. */
  lost({ id }: Account): void {
    this.#lost.add(id);
  }

  /** What is wrong with a payload that is sent while there are these links. */
  inspect(payload: WireApplicationPayload, links: readonly Link[]): readonly string[] {
    const broken = [...faultsOf(payload), ...this.checkKeys(links)];
    const shown = new Set((payload.applications[0]?.local_users ?? []).map(({ id, name }) => foldKey(id ?? name)));
    const live = links.filter(({ kind, state }) => kind === 'User' && state === 'live');
    const linkOf = new Map(live.map((link) => [foldKey(link.key), link]));
    for (const { identity: spelled, application_permissions: permissions = [] } of payload.identity_to_permissions ??
      []) {
      // The tenant does not tell keys by case.
      const identity = foldKey(spelled);
      if (!shown.has(identity)) broken.push(`Something is granted to ${identity}, who is not there.`);
      for (const { permission } of permissions) {
        const account = this.#application.everyone.get(permission.replace('of ', ''));
        if (account === undefined) broken.push(`${permission} is granted to ${identity}, and was never made.`);
        else broken.push(...this.#check(account, identity, linkOf.get(identity)));
      }
    }
    return broken;
  }

  /** Keys of links never change. */
  checkKeys(links: readonly Link[]): readonly string[] {
    return links.flatMap(({ kind, id, key }) => {
      const name = `${kind} ${id}`;
      const before = this.#keys.get(name) ?? key;
      this.#keys.set(name, before);
      return before === key ? [] : [`The key of ${name} was ${before} and is ${key}.`];
    });
  }

  #check(account: Account, identity: string, link: Link | undefined): readonly string[] {
    const { style } = this.#application;
    const broken: string[] = [];
    const told = `The grant of ${account.id} (${account.name}) is published for ${identity}`;
    // What SCIM created is known by the id that it was created with.
    if (account.scimId !== undefined && link !== undefined && link.id !== account.scimId) {
      broken.push(`${told}, but it is of ${account.scimId}`);
    }
    // Who is published apart is listed, and is nobody's until somebody is found to be it.
    if (link === undefined) return broken;
    // Where names are keys, who comes after somebody who was deleted may have the same key: with another link.
    const isTellable = style.ids && style.tells;
    const owner = this.#accountOf.get(link.id) ?? account.id;
    // Until it is known that somebody is deleted, who is hired meanwhile under the same name is taken for them.
    const isSuccessor = (id: string) => !isTellable && this.#application.released.get(id)?.has(account.id) === false;
    const isFollowing = account.scimId === undefined && (this.#lost.has(owner) || isSuccessor(link.id));
    if (owner !== account.id && (isTellable || !isFollowing)) {
      broken.push(`${told} (${link.id}), which was ${owner} before.`);
    }
    this.#accountOf.set(link.id, account.id);
    const before = this.#linkOf.get(account.id) ?? link.id;
    if (before !== link.id && !isSuccessor(before)) broken.push(`${told} (${link.id}), and was for ${before}.`);
    this.#linkOf.set(account.id, link.id);
    return broken;
  }
}
