/** Makes text that came from outside fit to be shown. */
export type RemoteText = (text: string) => string;

const maximumLength = 2_000;
/** Shorter "secrets" would blot out ordinary words. */
const minimumSecretLength = 4;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to go
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/**
 * A function that replaces the given secrets by `(secret)`, takes out control characters (they steer terminals) and
 * cuts what is long. A remote side that echoes what it was sent cannot make a secret visible.
 */
export function createRemoteText(secrets: readonly string[]): RemoteText {
  const hidden = secrets
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .filter((secret) => secret.length >= minimumSecretLength)
    .sort((left, right) => right.length - left.length);
  return (text) => {
    let shown = text;
    for (const secret of hidden) shown = shown.replaceAll(secret, '(secret)');
    shown = shown.replace(controlCharacters, ' ').trim();
    return shown.length > maximumLength ? `${shown.slice(0, maximumLength)} ...` : shown;
  };
}
