import { RemoteError, UnreachableError, type WireApplicationPayload } from '@oaa-kit/oaa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapping } from '../projection/test-projection.ts';
import { formatPair } from './pair.ts';
import { preparePayload } from './prepare-payload.ts';
import type { Publisher } from './publisher.ts';
import { key, openPublishing, type Publishing } from './test-publishing.ts';

type Happening =
  | { readonly type: 'user' | 'base' | 'time' | 'crash' }
  | {
      readonly type: 'step';
      readonly publisher: 0 | 1;
      readonly ends: 'well' | 'refused' | 'cut' | 'answer lost' | 'arrives late' | 'crash after';
    };

/** One push in five comes to nothing, or nobody knows; and now and then a publisher is gone, at the worst moment. */
const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Happening>({ type: 'user' }) },
  { weight: 1, arbitrary: fc.constantFrom<Happening>({ type: 'base' }, { type: 'crash' }) },
  { weight: 3, arbitrary: fc.constant<Happening>({ type: 'time' }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('step' as const),
      publisher: fc.constantFrom<0 | 1>(0, 1),
      ends: fc.constantFrom(
        'well',
        'well',
        'well',
        'well',
        'well',
        'refused',
        'cut',
        'answer lost',
        'arrives late',
        'crash after',
      ),
    }),
  },
);

/** Somebody pulls the plug: what comes after is never done. */
class Crash extends Error {}

const endings = {
  well: () => undefined,
  refused: () => {
    throw new RemoteError('remote-refused', 'Refused.', { status: 400 });
  },
  cut: () => {
    throw new UnreachableError('unreachable', 'Cut.');
  },
};

const settings = {
  quietMs: 2_000,
  longestWaitMs: 5_000,
  minimumIntervalMs: 1_000,
  pushTimeoutMs: 20_000,
  leaseMs: 10_000,
};

class World {
  readonly #publishing: Publishing;
  #publishers: readonly [Publisher, Publisher];
  #count = 0;
  /** On its way to the tenant though nobody waits for it any more; it comes as late as it can. */
  #stray: { readonly payload: WireApplicationPayload; readonly until: number } | undefined;

  constructor(publishing: Publishing) {
    this.#publishing = publishing;
    this.#publishers = [publishing.publisher(settings), publishing.publisher(settings)];
  }

  async happen(happening: Happening): Promise<void> {
    const { createUser, submitBase, directory } = this.#publishing;
    this.#count += 1;
    switch (happening.type) {
      case 'user':
        await createUser(`user-${this.#count}`);
        return;
      case 'base': {
        const { resources } = await directory
          .organization(key.organization)
          .list('User', { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 100 } });
        await submitBase([...resources.map(({ attributes }) => String(attributes.userName)), `base-${this.#count}`]);
        return;
      }
      case 'time':
        this.#pass();
        return;
      case 'crash':
        this.#publishers = [this.#publishing.publisher(settings), this.#publishers[1]];
        return;
      case 'step':
        await this.#step(happening.publisher, happening.ends);
    }
  }

  /** No more faults: everybody goes on until nothing is left to do. */
  async calmDown(): Promise<void> {
    for (let round = 0; round < 40; round += 1) {
      this.#pass();
      for (const place of [0, 1] as const) await this.#step(place, 'well');
    }
  }

  #pass(): void {
    const { clock, target } = this.#publishing;
    clock.now += 4_000;
    if (this.#stray === undefined || clock.now + 4_000 < this.#stray.until) return;
    target.payload = this.#stray.payload;
    this.#stray = undefined;
  }

  async #step(place: 0 | 1, ends: (Happening & { type: 'step' })['ends']): Promise<void> {
    const { target, clock } = this.#publishing;
    target.before = ends === 'refused' || ends === 'cut' ? endings[ends] : endings.well;
    target.after = endings.well;
    if (ends === 'arrives late') {
      target.before = (payload) => {
        this.#stray = { payload, until: clock.now + settings.pushTimeoutMs };
        throw new UnreachableError('unreachable', 'No answer.', { mayHaveBeenReceived: true });
      };
    }
    if (ends === 'answer lost') {
      target.after = () => {
        throw new UnreachableError('unreachable', 'No answer.', { mayHaveBeenReceived: true });
      };
    }
    if (ends !== 'crash after') {
      await this.#publishers[place].step();
      return;
    }
    // The push has arrived, and its publisher will never know.
    const pulled = Promise.withResolvers<never>();
    target.after = () => {
      pulled.reject(new Crash());
      return new Promise<void>(() => undefined);
    };
    await Promise.race([this.#publishers[place].step(), pulled.promise]).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
      const fresh = this.#publishing.publisher(settings);
      this.#publishers = place === 0 ? [fresh, this.#publishers[1]] : [this.#publishers[0], fresh];
    });
  }
}

test('whatever happens, once it is quiet the current pair is the published one, and the data source shows just that', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happenings, { minLength: 5, maxLength: 40 }), async (history) => {
      const publishing = await openPublishing();
      try {
        const { publications, submitBase, target } = publishing;
        const world = new World(publishing);
        for (const happening of history) await world.happen(happening);
        await submitBase(['last']);
        await world.calmDown();
        const view = await publications.view(key);
        expect(view?.state).toMatchObject({ push: undefined, full: undefined, hold: undefined });
        const { published } = view?.state ?? {};
        const { revision = -1, generation = -1 } = view?.current ?? {};
        expect(published && formatPair(published)).toBe(formatPair({ revision, generation }));
        const prepared = await preparePayload(publications, key.organization, mapping, undefined);
        expect(target.payload).toEqual(prepared?.payload);
      } finally {
        await publishing.close();
      }
    }),
    { numRuns: 40, verbose: 1 },
  );
});
