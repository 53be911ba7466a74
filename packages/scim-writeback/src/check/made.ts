/** What the check has made, or has tried to make. */
export interface Made {
  readonly endpoint: 'Users' | 'Groups';
  /** The user name or display name: of the check alone. */
  readonly name: string;
  /** Undefined when no answer told it. */
  id: string | undefined;
  /** Whether the endpoint has shown it with its name: only then is it certain that the id is not somebody else's. */
  confirmed: boolean;
  /**
   * What became of the POST: `nothing` was made where it was refused with 4xx or never left this machine; `made`: 2xx;
   * `failed`: any other answer. Undefined without an answer.
   */
  outcome: 'nothing' | 'made' | 'failed' | undefined;
}

/** One that can be changed and deleted. */
export interface Confirmed extends Made {
  id: string;
}

export function hasId(made: Made): made is Confirmed {
  return made.id !== undefined;
}

/** The attribute with the name, by which what was made is recognised. */
export const nameAttributes = { Users: 'userName', Groups: 'displayName' } as const;
