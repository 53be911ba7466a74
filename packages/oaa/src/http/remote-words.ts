/** How messages speak of the remote side, and which settings they point to. */
export interface RemoteWords {
  /** `tenant`, `SCIM endpoint` ...: follows "the". */
  readonly noun: string;
  /** What the caller authenticates with: `API key`, `token`. */
  readonly credential: string;
  /** What to do about 403; what to do about 401 follows from `settings.credential`. */
  readonly rightsHint: string;
  /** The settings as a person would write them: flag, variable and key. */
  readonly settings: {
    readonly url: string;
    readonly credential: string;
    readonly timeout: string;
    readonly retries: string;
    readonly caFile: string;
    readonly proxy: string;
    /** How to switch off verification in a test. */
    readonly unsafe: string;
  };
}

/** How the clients of this project name their options. */
export const clientSettings: RemoteWords['settings'] = {
  url: 'url',
  credential: 'auth',
  timeout: 'timeoutMs',
  retries: 'retryPolicy.retries',
  caFile: 'tls.ca',
  proxy: 'proxyUrl',
  unsafe: 'tls.verify: false',
};

/** Words for a client whose caller gave none. */
export const genericWords: RemoteWords = {
  noun: 'server',
  credential: 'credential',
  rightsHint: 'Give the credential the rights for this call, or use another one.',
  settings: { ...clientSettings, url: 'baseUrl' },
};
