/** Facts beside a log message. Values are plain; secrets are never among them. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a library room writes what it does. `console` fits, and so does a pino logger wrapped in four lines. */
export interface Logger {
  debug(message: string, facts?: LogFacts): void;
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}

const ignore = (): void => undefined;

/** Drops everything: the default. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
