import type { FaultKind } from './faults.ts';

/** One request that reached the sandbox. Bodies and keys are not kept. */
export interface RequestRecord {
  /** RFC 3339. */
  readonly at: string;
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  /** Undefined while it is being answered, and for good when the connection was cut. */
  readonly status: number | undefined;
  /** The fault that hit it. */
  readonly fault: FaultKind | undefined;
}

const maximumRecords = 10_000;

/** The last 10,000 requests, oldest first. */
export class RequestLog {
  #records: { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] }[] = [];

  /** Notes a request; what is known later is written into the returned record. */
  begin(at: Date, method: string, path: string): { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] } {
    const record = { at: at.toISOString(), method, path, status: undefined, fault: undefined };
    this.#records.push(record);
    if (this.#records.length > maximumRecords) this.#records.shift();
    return record;
  }

  records(): RequestRecord[] {
    return this.#records.map((record) => ({ ...record }));
  }

  clear(): void {
    this.#records = [];
  }
}
