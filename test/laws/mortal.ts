/** What the code of a process that is gone gets for an answer, once nobody looks any more. */
export class DeadError extends Error {
  constructor() {
    super('This process is dead.');
  }
}

/**
 * A process that can be killed: then nothing that it calls is done or answered any more. It can be frozen, too, as machines are
 * that are moved: it goes on when it is thawed, and knows nothing of the time between.
 */
export class Life {
  readonly #grave = Promise.withResolvers<never>();
  readonly #death = Promise.withResolvers<void>();
  readonly #stop = Promise.withResolvers<void>();
  #callsLeft = Number.POSITIVE_INFINITY;
  #callsToFrost = Number.POSITIVE_INFINITY;
  #ice: PromiseWithResolvers<void> | undefined;
  #isDead = false;

  constructor() {
    // Most processes are never buried.
    this.#grave.promise.catch(() => undefined);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whether it is dead, or will be after some calls. */
  get isDoomed(): boolean {
    return this.#isDead || this.#callsLeft !== Number.POSITIVE_INFINITY;
  }

  get isFrozen(): boolean {
    return this.#ice !== undefined;
  }

  /** Resolves when it is killed. */
  get death(): Promise<void> {
    return this.#death.promise;
  }

  /** Resolves when it is killed, or frozen for the first time. */
  get stop(): Promise<void> {
    return this.#stop.promise;
  }

  kill(): void {
    this.#isDead = true;
    this.#death.resolve();
    this.#stop.resolve();
  }

  /** Freezes it after so many further calls of the database; never between a call of the application and its answer. */
  freezeAfter(calls: number): void {
    this.#callsToFrost = calls;
  }

  thaw(): void {
    this.#callsToFrost = Number.POSITIVE_INFINITY;
    this.#ice?.resolve();
    this.#ice = undefined;
  }

  /** Kills it after so many further calls. */
  killAfter(calls: number): void {
    this.#callsLeft = Math.min(this.#callsLeft, calls);
  }

  /** Lets what still waits for an answer fail, so that nothing of it is left. */
  bury(): void {
    this.kill();
    this.thaw();
    this.#grave.reject(new DeadError());
  }

  async #wait(): Promise<void> {
    if (this.#callsToFrost <= 0 && this.#ice === undefined) {
      this.#ice = Promise.withResolvers();
      this.#stop.resolve();
    }
    this.#callsToFrost -= 1;
    await this.#ice?.promise;
  }

  /** Passes as long as it lives; never, when it is dead. */
  async step(): Promise<void> {
    if (this.#callsLeft <= 0) this.kill();
    if (this.#isDead) return this.#grave.promise;
    this.#callsLeft -= 1;
  }

  /** Something whose methods do nothing once the process is dead, and whose answers do not arrive then. */
  bound<Target extends object>(target: Target): Target {
    return new Proxy(target, {
      get: (from, name) => {
        const value: unknown = Reflect.get(from, name, from);
        if (typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          await this.#wait();
          await this.step();
          const answer: unknown = await Reflect.apply(value, from, given);
          if (this.#isDead) return this.#grave.promise;
          return answer;
        };
      },
    });
  }
}
