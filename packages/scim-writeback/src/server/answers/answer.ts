/** What an endpoint answers; the headers of every answer come on top. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** JSON. */
  readonly body?: string | AsyncIterable<string> | undefined;
}
