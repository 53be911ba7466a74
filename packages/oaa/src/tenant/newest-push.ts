/** A push's place among the pushes of this process to the same data source. */
export interface PushTicket {
  /** Joins the others once the data source is known. */
  enter(dataSource: string): void;
  /** Whether no later push has entered for the same data source, be it under way or over. */
  isNewest(): boolean;
}

/** Numbers pushes in the order in which they begin. An older payload must never follow a newer one. */
export class NewestPushes {
  #last = 0;
  /** One number for each data source that was ever pushed to. */
  readonly #newest = new Map<string, number>();

  begin(): PushTicket {
    this.#last += 1;
    const number = this.#last;
    let joined: string | undefined;
    return {
      enter: (dataSource) => {
        joined = dataSource;
        this.#newest.set(dataSource, Math.max(this.#newest.get(dataSource) ?? 0, number));
      },
      isNewest: () => joined === undefined || this.#newest.get(joined) === number,
    };
  }
}

/** The pushes of this process, to whatever tenant. */
export const newestPushes = new NewestPushes();
