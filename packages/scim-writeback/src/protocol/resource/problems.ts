import { ScimError, type ScimType } from '../errors/scim-error.ts';

const mostInDetail = 10;

/** What is wrong with a body, collected so that a client hears of all of it at once. */
export class Problems {
  readonly #messages: string[] = [];
  readonly #paths = new Set<string>();
  #scimType: ScimType | undefined;
  #count = 0;

  /**
   * @param message a sentence that repeats no value of the body.
   * @param path the attribute that it is about.
   */
  add(scimType: ScimType, message: string, path?: string): void {
    this.#scimType ??= scimType;
    this.#count++;
    if (this.#messages.length < mostInDetail) this.#messages.push(message);
    if (path !== undefined) this.#paths.add(path);
  }

  /** Whether there is a problem with the attribute at a path itself. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** @throws ScimError 400 with the keyword of the first problem. */
  throwIfAny(): void {
    if (this.#count === 0) return;
    const more = this.#count - this.#messages.length;
    const detail = this.#messages.join(' ') + (more > 0 ? ` And ${more} more.` : '');
    throw new ScimError(400, this.#scimType, detail);
  }
}
