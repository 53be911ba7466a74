/** Runs tasks that share a key one after the other, in the order in which they came. */
export class KeyQueue {
  readonly #last = new Map<string, Promise<void>>();

  /**
   * Runs a task when those before it with the same key have ended.
   *
   * @param waitMs after so long it is not run any more
   * @returns undefined when its turn did not come in time
   */
  async run<Result>(
    key: string,
    waitMs: number,
    task: () => Promise<Result>,
  ): Promise<{ readonly result: Result } | undefined> {
    const before = this.#last.get(key);
    const turn = Promise.withResolvers<void>();
    const last = before === undefined ? turn.promise : before.then(() => turn.promise);
    this.#last.set(key, last);
    try {
      if (before !== undefined && !(await endsWithin(before, waitMs))) return undefined;
      return { result: await task() };
    } finally {
      turn.resolve();
      if (this.#last.get(key) === last) this.#last.delete(key);
    }
  }
}

/** Whether something ends in time; how it ends does not matter. */
export async function endsWithin(end: Promise<unknown>, waitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), waitMs);
  });
  const inTime = end.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([inTime, late]);
  } finally {
    clearTimeout(timer);
  }
}
