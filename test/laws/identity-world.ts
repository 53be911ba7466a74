import {
  attributeMapping,
  groupResourceType,
  ResourceSchema,
  ScimError,
  userResourceType,
} from '@oaa-kit/scim-writeback';
import type { Directory, Intent, IntentStore, OrganizationDirectory } from '@oaa-kit/scim-writeback/directory';
import { projectSnapshot } from '../../packages/scim-writeback/src/publish/prepare-payload.ts';
import { type IdentityAct, type IdentityStyle, names, type Reach, type Round } from './identity-histories.ts';
import { isUntold, judgePublished, judgeRemovals, judgeRows } from './identity-laws.ts';
import { type Extraction, type KnownAccount, KnownAccounts } from './known-accounts.ts';
import { everything } from './scim-request.ts';

type IntentRequest = Parameters<IntentStore['open']>[0];

export const schemas = {
  userSchema: new ResourceSchema(userResourceType),
  groupSchema: new ResourceSchema(groupResourceType),
};
const mapping = { User: attributeMapping(schemas.userSchema), Group: attributeMapping(schemas.groupSchema) };

/** A change that came over SCIM and has not come to its end. */
interface Change {
  readonly type: 'create' | 'rename' | 'delete';
  readonly account: KnownAccount;
  readonly name: string;
  readonly intent: Intent;
  /** Whether the application has done it. */
  isDone: boolean;
}

/** An application of which is known who everybody is, with the directory that has to find it out from names and ids. */
export class IdentityWorld {
  readonly #directory: Directory;
  readonly #organization: string;
  readonly #plain: OrganizationDirectory;
  readonly #intents: IntentStore;
  readonly #accounts: KnownAccounts;
  readonly #changes: Change[] = [];
  readonly #told: string[] = [];
  readonly #broken: string[] = [];
  #requests = 0;

  private constructor(directory: Directory, organization: string, style: IdentityStyle) {
    this.#directory = directory;
    this.#organization = organization;
    this.#plain = directory.organization(organization);
    this.#intents = directory.intents(organization);
    this.#accounts = new KnownAccounts(style);
  }

  /** With a first base of those who are there. */
  static async open(
    directory: Directory,
    organization: string,
    style: IdentityStyle,
    hired: readonly string[],
  ): Promise<IdentityWorld> {
    await directory.organizations.create({ id: organization, name: 'Acme' });
    const world = new IdentityWorld(directory, organization, style);
    for (const name of hired) world.#hire(name);
    await world.#submit(world.#accounts.extract(), undefined);
    return world;
  }

  /** @throws Error that tells what happened, as soon as a law is broken */
  async pass({ before, during, after }: Round): Promise<void> {
    for (const act of before) await this.#happen(act);
    const { asOf } = await this.#directory.bases(this.#organization).begin();
    this.#tell(`A base is begun (${asOf})`);
    for (const { scimNames } of this.#accounts.owners.values()) scimNames.splice(0, scimNames.length - 1);
    for (const act of during) await this.#happen(act);
    const extraction = this.#accounts.extract();
    this.#tell('The application is read');
    for (const act of after) await this.#happen(act);
    this.#hold(await this.#judgePublished());
    await this.#submit(extraction, asOf);
  }

  async #happen(act: IdentityAct): Promise<void> {
    const { present } = this.#accounts;
    const account = 'who' in act ? [...present][act.who % Math.max(1, present.size)] : undefined;
    switch (act.type) {
      case 'hire': {
        const name = this.#freeName(act.name);
        if (name !== undefined) this.#hire(name);
        return;
      }
      case 'fire':
        if (account === undefined) return;
        present.delete(account);
        account.isGone = true;
        account.hasLeft = true;
        this.#tell(`${account.mark} ${account.name} is fired`);
        return;
      case 'rename out of band':
        this.#renameOutOfBand(account, this.#freeName(act.name));
        return;
      case 'go on': {
        const change = this.#changes[act.which % Math.max(1, this.#changes.length)];
        if (change === undefined) return;
        if (act.reach !== 'refused') await this.#goOn(change, act.reach);
        else if (!change.isDone) await this.#refuse(change);
        return;
      }
      default:
        await this.#ask(act);
    }
  }

  #hire(name: string): void {
    const hired = this.#accounts.somebody(name);
    this.#accounts.present.add(hired);
    this.#tell(`${name} is hired as ${hired.mark}`);
  }

  #renameOutOfBand(account: KnownAccount | undefined, name: string | undefined): void {
    if (account === undefined || name === undefined || !this.#accounts.style.ids) return;
    account.hasLeft = true;
    this.#tell(`${account.mark} ${account.name} is renamed to ${name} out of band`);
    account.rename(name);
  }

  /** That nobody has in the application; those that were given up are there, too. */
  #freeName(choice: number): string | undefined {
    const free = names.filter((name) => this.#accounts.named(name) === undefined);
    return free[choice % Math.max(1, free.length)];
  }

  async #ask(act: Extract<IdentityAct, { type: 'create' | 'rename' | 'delete' }>): Promise<void> {
    const { kind } = this.#accounts.style;
    const name = 'name' in act ? this.#freeName(act.name) : '';
    if (name === undefined) return;
    const attribute = { [kind === 'User' ? 'userName' : 'displayName']: name };
    if (act.type === 'create') {
      const attributes = { schemas: [`urn:ietf:params:scim:schemas:core:2.0:${kind}`], ...attribute };
      const intent = await this.#open({ type: 'create', kind, resource: { attributes } });
      if (intent !== undefined) await this.#begin('create', this.#accounts.somebody(name), name, intent, act.reach);
      return;
    }
    const [id, account] = this.#accounts.choose(act.who, await this.#ids()) ?? [];
    if (id === undefined || account === undefined || this.#isSomebodyElse(account)) return;
    const intent = await this.#open(
      act.type === 'delete'
        ? { type: 'delete', kind, id, check: () => undefined }
        : {
            type: 'update',
            kind,
            id,
            decide: ({ attributes }) => ({ attributes: { ...attributes, ...attribute } }),
          },
    );
    if (intent !== undefined) await this.#begin(act.type, account, name, intent, act.reach);
  }

  /** Where names are keys, the adapter would find whoever has the name of somebody who is gone. */
  #isSomebodyElse(account: KnownAccount): boolean {
    const { present, style } = this.#accounts;
    return !style.ids && !present.has(account) && account.names.some((name) => this.#accounts.named(name));
  }

  /** Undefined where a request is not taken: a name is another's or on its way to one, or nothing would change. */
  async #open(request: IntentRequest): Promise<Intent | undefined> {
    this.#requests += 1;
    try {
      const opened = await this.#intents.open(request, {
        context: { actor: 'tenant', requestId: `request-${this.#requests}`, origin: 'scim' },
        owner: 'laws',
        leaseMs: 60_000,
        plan: () => [],
      });
      return opened.type === 'opened' ? opened.intent : undefined;
    } catch (error) {
      if (error instanceof ScimError) return undefined;
      throw error;
    }
  }

  async #begin(type: Change['type'], account: KnownAccount, name: string, intent: Intent, reach: Reach): Promise<void> {
    const change: Change = { type, account, name, intent, isDone: false };
    this.#changes.push(change);
    this.#tell(`SCIM: ${type} ${account.mark} ${account.name} ${name} (${intent.resourceId})`);
    if (reach !== 'begun') await this.#goOn(change, reach);
  }

  async #goOn(change: Change, reach: 'done' | 'finished'): Promise<void> {
    if (!change.isDone && !this.#do(change)) await this.#refuse(change);
    else if (reach === 'finished') await this.#finish(change);
  }

  /** In the application. False: it refuses. */
  #do(change: Change): boolean {
    const { present } = this.#accounts;
    const { type, account, name } = change;
    const other = type === 'delete' ? undefined : this.#accounts.named(name);
    if (other !== undefined && other !== account) return false;
    if (type === 'rename' && !present.has(account)) return false;
    change.isDone = true;
    if (type === 'create') present.add(account);
    if (type === 'delete') {
      present.delete(account);
      account.isGone = true;
    }
    if (type === 'rename') account.rename(name);
    this.#tell(`The application has done ${type} ${account.mark} ${name}`);
    return true;
  }

  async #finish(change: Change): Promise<void> {
    const { type, account, name, intent } = change;
    const { ids, tells } = this.#accounts.style;
    this.#end(change);
    const isTold = tells && type !== 'delete';
    const applied = await this.#intents.apply(intent, isTold ? this.#accounts.keyOf(account) : undefined);
    this.#tell(`SCIM: finished ${type} ${account.mark} ${name}`);
    if (type === 'delete') account.isDeletedOverScim = true;
    else account.scimNames.push(name);
    // Where names are keys, what is told is the name, which the next one may have.
    if (isTold && ids) account.isKnown = true;
    // A base may have brought it before: then it is that one.
    const id = typeof applied === 'object' ? applied.resource?.id : undefined;
    if (type !== 'create' || id === undefined) return;
    const isSecond = this.#accounts.idsOf(account, await this.#ids()).some((known) => known !== id);
    this.#accounts.owners.set(id, account);
    if (isSecond && !isUntold(account)) this.#hold([`${account.mark} was made by a base, and is made again, as ${id}`]);
  }

  async #refuse(change: Change): Promise<void> {
    this.#end(change);
    await this.#intents.refuse(change.intent, { kind: 'conflict', reason: 'Refused.' });
    this.#tell(`SCIM: refused ${change.type} ${change.account.mark} ${change.name}`);
  }

  #end(change: Change): void {
    this.#changes.splice(this.#changes.indexOf(change), 1);
  }

  async #submit(extraction: Extraction, asOf: string | undefined): Promise<void> {
    const bases = this.#directory.bases(this.#organization);
    const before = await this.#ids();
    const options = { asOf, actor: 'connector', maxRemovalPercent: 100 };
    const { notices } = await bases.submit(extraction.payload, options);
    const last = await bases.last();
    const { kind } = this.#accounts.style;
    const linking = (kind === 'User' ? last?.linking.users : last?.linking.groups) ?? [];
    const after = await this.#ids();
    const shown = extraction.rows.map(
      ({ account, name }, index) => `${account.mark} ${name} -> ${linking[index] ?? 'apart'}`,
    );
    this.#tell(`A base: ${shown.join(', ')} ${notices.map(({ code, key }) => `${code} ${key}`).join(', ')}`);
    this.#hold([
      ...judgeRows(this.#accounts, extraction, linking, before, after),
      ...judgeRemovals(this.#accounts, before, after),
      ...(await this.#judgePublished()),
    ]);
  }

  async #judgePublished(): Promise<readonly string[]> {
    const last = await this.#directory.bases(this.#organization).last();
    const published = await this.#directory.publications.snapshot(this.#organization, (snapshot) =>
      projectSnapshot(snapshot, mapping, []),
    );
    if (last === undefined || published === undefined) return ['Nothing is published'];
    const ids = await this.#ids();
    const keys = new Map<string, string>();
    for await (const part of this.#directory.links(this.#organization).all()) {
      for (const { id, key, state } of part) if (state === 'live') keys.set(key.toLowerCase(), id);
    }
    return judgePublished(this.#accounts, last, published.payload, keys, ids);
  }

  /** Of all that the directory has. */
  async #ids(): Promise<ReadonlySet<string>> {
    const { resources } = await this.#plain.list(this.#accounts.style.kind, everything);
    return new Set(resources.map(({ id }) => id));
  }

  #tell(what: string): void {
    this.#told.push(what);
  }

  #hold(broken: readonly string[]): void {
    this.#broken.push(...broken);
    if (this.#broken.length > 0) throw new Error(`${this.#broken.join('\n')}\nafter:\n${this.#told.join('\n')}`);
  }
}
