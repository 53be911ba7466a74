import type { WireApplicationPayload } from '@oaa-kit/oaa';
import { ScimError } from '@oaa-kit/scim-writeback';
import { type Directory, RetryLaterError } from '@oaa-kit/scim-writeback/directory';
import { type AdapterFault, type ApplicationStyle, adapterOf, LawApplication } from './application.ts';
import { CallLedger } from './calls.ts';
import { Caretaker } from './caretaker.ts';
import { Connector } from './connector.ts';
import { LawDataSource } from './data-source.ts';
import { GrantLedger } from './grants.ts';
import type { Command, PushFault, ScimAct, SideCommand } from './histories.ts';
import { LeaseLedger } from './leases.ts';
import { DeadError } from './mortal.ts';
import { actOutOfBand } from './out-of-band.ts';
import { publication, type ServiceProcess, startService } from './process.ts';
import { judgePublished } from './published-model.ts';
import { judgeAcknowledged, reasonToRefuse } from './request-model.ts';
import { type AskedRequest, askOverScim, everything, type People } from './scim-request.ts';

/** A rule that was broken on the way; all are reported at once. */
class BrokenLaw extends Error {}

export interface WorldOptions {
  readonly file: string;
  readonly organization: string;
  readonly style: ApplicationStyle;
  /** Whether a base is accepted before anything else happens. */
  readonly isSeeded: boolean;
}

/** An application, the service in front of it, and the tenant behind it, in which a history happens. */
export class World {
  readonly organization: string;
  readonly application: LawApplication;
  readonly dataSource: LawDataSource;
  readonly requests = new Map<string, AskedRequest>();
  readonly grants: GrantLedger;
  readonly #calls: CallLedger;
  readonly #connector: Connector;
  readonly #caretaker: Caretaker;
  readonly #leases = new LeaseLedger(() => this.#now);
  readonly #options: WorldOptions;
  readonly #processes: ServiceProcess[] = [];
  readonly #background = new Set<Promise<void>>();
  #now = Date.parse('2026-11-22T12:00:00Z');
  #faults: (AdapterFault | undefined)[] = [];
  #meanwhile: { readonly moment: 'before' | 'after'; readonly command: SideCommand } | undefined;
  #asked = 0;
  #ids = 0;
  /** Unexpected errors and broken rules of the processes. */
  readonly #broken: string[] = [];

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.organization = options.organization;
    this.application = new LawApplication(options.style);
    this.grants = new GrantLedger(this.application);
    this.#connector = new Connector(options.organization, this.application, () => this.directory);
    this.#caretaker = new Caretaker(this.application);
    this.#calls = new CallLedger(options.organization, (id) => this.requests.get(id));
    this.dataSource = new LawDataSource((payload) => this.#inspect(payload));
  }

  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await world.#start();
    await world.directory.organizations.create({ id: options.organization, name: 'Acme' });
    if (options.isSeeded) await world.submit();
    return world;
  }

  /** What was wrong on the way. */
  get broken(): readonly string[] {
    return [...this.#broken, ...this.#connector.broken, ...this.#calls.broken, ...this.#leases.broken];
  }

  get process(): ServiceProcess {
    const last = this.#processes.at(-1);
    if (last === undefined) throw new Error('No process was started.');
    return last;
  }

  /** For looking. */
  get directory(): Directory {
    return this.process.directory;
  }

  async happen(command: Command): Promise<void> {
    switch (command.type) {
      case 'scim':
        await this.#ask(command);
        break;
      case 'crash':
        this.process.life.killAfter(command.after);
        if (command.after === 0) this.process.life.kill();
        break;
      case 'freeze':
        this.process.life.freezeAfter(command.after);
        break;
      case 'thaw':
        await this.#thaw();
        break;
      case 'clock':
        this.#now += command.ms;
        break;
      default:
        await this.#beside(command);
    }
    await this.#allEnded();
    const { life } = this.process;
    if (life.isDead || life.isFrozen) await this.#start();
  }

  /** The application was changed behind the back of SCIM: the directory may not know yet. */
  #isUnseen = false;
  #hasThawed = false;

  /** Lets all go on that were frozen, beside the one that took over. */
  async #thaw(): Promise<void> {
    if (!this.#processes.some(({ life }) => life.isFrozen)) {
      this.process.life.thaw();
      return;
    }
    this.#hasThawed = true;
    for (const { life } of this.#processes) life.thaw();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /** A base that is extracted and submitted while nothing else happens. */
  submit() {
    return this.#connector.submit();
  }

  /** No more faults; whatever is on its way comes to its end, and people do what is left to them. */
  async calmDown(): Promise<void> {
    this.#faults = [];
    this.dataSource.fault = undefined;
    await this.#thaw();
    // A history may end with a process that has only some calls left.
    if (this.process.life.isDoomed) {
      this.process.life.kill();
      await this.#start();
    }
    const intents = this.directory.intents(this.organization);
    for (let round = 0; round < 400; round += 1) {
      const open = await intents.list();
      if (open.every((intent) => intent.state === 'needs-attention' && this.#caretaker.stuck.has(intent.id))) return;
      this.#now += 600_000;
      await new Promise((resolve) => setTimeout(resolve, 4));
      for (const intent of open)
        if (intent.state === 'needs-attention') await this.#caretaker.resolve(intents, intent.id);
    }
    throw new BrokenLaw(`Intents stay open: ${JSON.stringify(await intents.list())}`);
  }

  get stuck(): ReadonlySet<string> {
    return this.#caretaker.stuck;
  }

  /** Steps the publisher until the current pair is published. */
  async publishAll(): Promise<void> {
    const { publisher } = this.process;
    // Pushes are given so little time that a machine which is busy elsewhere may let many of them time out.
    const deadline = performance.now() + 120_000;
    const key = { organization: this.organization, ...publication };
    // What the guard held back is let go by people: here they ask for everything.
    await this.directory.publications.change(key, (state) => ({ ...state, hold: undefined, retryAt: undefined }));
    for (;;) {
      const { why, waitMs } = await publisher.step();
      if (why === 'everything is published' && waitMs > 0) {
        await this.#judgePublished();
        return;
      }
      if (performance.now() > deadline) {
        const { lastError } = (await this.directory.publications.view(key))?.state ?? {};
        throw new BrokenLaw(`Nothing more is published: ${why} (${lastError?.message})`);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 5)));
    }
  }

  async end(): Promise<void> {
    for (const process of this.#processes) await process.end();
  }

  async #start(): Promise<void> {
    const { file, organization } = this.#options;
    const process = await startService({
      file,
      organization,
      clock: () => new Date(this.#now),
      // In order, so that a history finds the same people again.
      newId: () => {
        this.#ids += 1;
        return `scim-${String(this.#ids).padStart(6, '0')}`;
      },
      target: this.dataSource,
      leases: this.#leases,
      adapter: (life) =>
        adapterOf(this.application, {
          called: (operation, call) => this.#calls.called(operation, call, this.directory, life),
          answered: (answer, call) => this.#calls.answered(answer, call),
          nextFault: () => this.#faults.shift(),
          at: async (moment) => {
            if (this.#meanwhile?.moment === moment) {
              const { command } = this.#meanwhile;
              this.#meanwhile = undefined;
              await this.#track(this.#beside(command));
            }
            await life.step();
          },
        }),
      onEvent: (event) => {
        if (event.type === 'journal-failed' && !process.life.isDead) this.#broken.push(`journal: ${event.error}`);
      },
    });
    this.dataSource.kill = () => process.life.kill();
    this.#processes.push(process);
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#background.add(work);
    try {
      await work;
    } finally {
      this.#background.delete(work);
    }
  }

  /** What was begun beside a request may take longer than its answer. */
  async #allEnded(): Promise<void> {
    while (this.#background.size > 0) await Promise.allSettled(this.#background);
    // The answer to what has ended is read in the turns that follow.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async #ask({ act, faults, meanwhile }: Extract<Command, { type: 'scim' }>): Promise<void> {
    this.#faults = [...faults];
    this.#meanwhile = meanwhile;
    const before = this.application.snapshot();
    const left = await this.directory.intents(this.organization).list();
    const people = await this.#people();
    const accounts = structuredClone(this.application.accounts);
    const calls = this.#calls.count;
    this.#calls.takeRefusal();
    const { requestId, outcome } = await this.#send(act, people);
    // What an earlier request has left may be done at any time, and others work beside who was frozen.
    const isAlone = meanwhile === undefined && left.length === 0 && !this.#hasThawed;
    const wrong: string[] = [];
    if (isAlone && (outcome === 'done' || outcome === 'unchanged')) {
      // What is nothing to the application is acknowledged without asking it.
      const application = this.#calls.count > calls ? this.application : undefined;
      wrong.push(
        ...(await judgeAcknowledged(this.directory, this.organization, application, act, { people, accounts })),
      );
    }
    if (isAlone && outcome === 'unchanged' && this.#calls.count > calls) wrong.push('the application was called');
    if (
      isAlone &&
      outcome === 'refused' &&
      reasonToRefuse(act, people, this.application, this.#calls.takeRefusal()) === undefined
    ) {
      wrong.push('there is no reason to refuse it');
    }
    this.#faults = [];
    this.#meanwhile = undefined;
    await this.#allEnded();
    // Taken back is what the directory knows: what it does not know yet of the application may come back with it.
    const isKnown = !(this.#isUnseen && faults.slice(1).includes('refused'));
    const isChanged = this.application.snapshot() !== before;
    if ((outcome === 'refused' || outcome === 'unchanged') && isAlone && isKnown && isChanged) {
      wrong.push('it changed the application');
    }
    this.#broken.push(...wrong.map((what) => `${requestId} (${JSON.stringify(act)}) was ${outcome}: ${what}.`));
  }

  /** Sends a request, and waits for its answer, or for the end of the process. */
  async #send(act: ScimAct, people: People) {
    this.#asked += 1;
    const requestId = `request-${this.#asked}`;
    const { written, plain, life } = this.process;
    const open = await this.directory.intents(this.organization).list();
    const request = {
      act,
      people,
      revision: await plain.revision(),
      openThen: new Set(open.map(({ context }) => context.requestId)),
      hasNamesForKeys:
        !this.application.style.ids && (await this.directory.bases(this.organization).last()) !== undefined,
    };
    this.requests.set(requestId, { ...request, outcome: 'unknown' });
    const asked = askOverScim(written, act, { actor: 'tenant', requestId, origin: 'scim' }, people);
    const outcome = await Promise.race([
      asked.then(
        (changed): AskedRequest['outcome'] => (changed ? 'done' : 'unchanged'),
        (error: unknown) => this.#outcomeOf(error),
      ),
      life.stop.then(() => 'process died' as const),
    ]);
    asked.catch(() => undefined);
    this.requests.set(requestId, { ...request, outcome });
    return { requestId, outcome };
  }

  #outcomeOf(error: unknown): AskedRequest['outcome'] {
    if (error instanceof ScimError && error.status < 500) return 'refused';
    if (error instanceof RetryLaterError || error instanceof ScimError) return 'unknown';
    if (!(error instanceof DeadError)) {
      this.#broken.push(`A request failed: ${error instanceof Error ? error.stack : error}`);
    }
    return 'unknown';
  }

  async #people(): Promise<People> {
    const { plain } = this.process;
    const users = (await plain.list('User', everything)).resources;
    return {
      users: users.filter(({ attributes }) => attributes.userName !== 'root'),
      groups: (await plain.list('Group', everything)).resources,
    };
  }

  async #beside(command: SideCommand): Promise<void> {
    switch (command.type) {
      case 'out of band':
        this.#isUnseen = true;
        actOutOfBand(this.application, command.act, this.grants);
        return;
      case 'base':
        await this.#connector.take(command.step);
        return;
      case 'scim beside':
        await this.#send(command.act, await this.#people());
        return;
      case 'publish':
        await this.#publish(command.fault);
    }
  }

  /** One push; without a fault, until there is nothing more to do. */
  async #publish(fault: PushFault | undefined): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      this.dataSource.fault = round === 0 ? fault : undefined;
      const { publisher, life } = this.process;
      const step = publisher.step();
      step.catch(() => undefined);
      const ended = await Promise.race([step, life.stop]);
      this.dataSource.fault = undefined;
      if (ended === undefined || fault !== undefined) return;
      if (ended.why === 'everything is published') {
        await this.#judgePublished();
        return;
      }
    }
  }

  async #judgePublished(): Promise<void> {
    const key = { organization: this.organization, ...publication };
    this.#broken.push(...(await judgePublished(this.directory, key, this.dataSource.payload)));
  }

  async #inspect(payload: WireApplicationPayload): Promise<void> {
    if ((await this.directory.bases(this.organization).last()) === undefined) {
      this.#broken.push('Something is published before a base was accepted.');
    }
    const links = [];
    for await (const part of this.directory.links(this.organization).all()) links.push(...part);
    this.#broken.push(...this.grants.inspect(payload, links));
  }
}
