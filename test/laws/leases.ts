import type { Intent, IntentStore } from '@oaa-kit/scim-writeback/directory';

/** Remembers until when others have to leave intents alone. */
export class LeaseLedger {
  readonly broken: string[] = [];
  readonly #until = new Map<string, number>();
  readonly #clock: () => number;

  /** @param clock of all processes, in milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** A journal whose leases are noted. */
  watched(intents: IntentStore): IntentStore {
    const note = ({ id }: Intent, leaseMs: number) => this.#until.set(id, this.#clock() + leaseMs);
    const watching: Partial<IntentStore> = {
      open: async (request, options) => {
        const opened = await intents.open(request, options);
        if (opened.type === 'opened') note(opened.intent, options.leaseMs);
        return opened;
      },
      renew: async (intent, leaseMs, reason) => {
        const isHeld = await intents.renew(intent, leaseMs, reason);
        if (isHeld) note(intent, leaseMs);
        return isHeld;
      },
      advance: async (intent, done, leaseMs) => {
        const isHeld = await intents.advance(intent, done, leaseMs);
        if (isHeld) note(intent, leaseMs);
        return isHeld;
      },
      takeOver: async (owner, leaseMs, ...rest) => {
        const taken = await intents.takeOver(owner, leaseMs, ...rest);
        for (const intent of taken) {
          const left = (this.#until.get(intent.id) ?? 0) - this.#clock();
          // A clock that is set back makes leases longer, but for those that are longer than any.
          if (left > 0 && left < 60_000)
            this.broken.push(`${intent.id} was taken over ${left} ms before its lease ended.`);
          note(intent, leaseMs);
        }
        return taken;
      },
    };
    return new Proxy(intents, {
      get: (from, name) => {
        const value: unknown = Reflect.get(watching, name) ?? Reflect.get(from, name, from);
        return typeof value === 'function' && !Reflect.has(watching, name) ? value.bind(from) : value;
      },
    });
  }
}
