import { ScimError } from '../../protocol/errors/scim-error.ts';

/**
 * The parameters of a query. Only those that somebody asks for are decoded, so that what a client sends beyond them is
 * ignored whatever it is (RFC 7644 s3.4.2; Entra ID adds `aadOptscim062020`).
 */
export class Query {
  readonly #values = new Map<string, string[]>();

  /** @param text what stands behind the question mark, percent-encoded, with `+` or `%20` for spaces. */
  constructor(text: string) {
    if (text === '') return;
    for (const pair of text.split('&')) {
      if (pair === '') continue;
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? '' : pair.slice(equals + 1);
      const values = this.#values.get(name);
      if (values === undefined) this.#values.set(name, [value]);
      else values.push(value);
    }
  }

  /** As they stand in the URL: not decoded. */
  names(): Iterable<string> {
    return this.#values.keys();
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /**
   * The decoded value of a parameter; undefined where it is not given.
   *
   * @throws ScimError 400 where it is given twice, so that no two readers see different ones, or badly encoded.
   */
  get(name: string): string | undefined {
    const values = this.#values.get(name);
    if (values === undefined) return undefined;
    if (values.length > 1) throw new ScimError(400, 'invalidValue', `The parameter ${name} is given twice.`);
    return decode(name, values[0] ?? '');
  }

  /**
   * The decoded values of a parameter that may be given several times; undefined where it is not given.
   *
   * @throws ScimError 400 where one is badly encoded.
   */
  all(name: string): readonly string[] | undefined {
    return this.#values.get(name)?.map((value) => decode(name, value));
  }
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    throw new ScimError(400, 'invalidValue', `The parameter ${name} has to be percent-encoded UTF-8.`);
  }
}
