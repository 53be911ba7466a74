import { InputError } from '../../errors/errors.ts';
import { type AttachmentOptions, Attachments } from '../attachments.ts';
import type { PropertyDefinitions } from '../properties.ts';
import type { Referable } from '../reference-list.ts';
import { showValue } from '../show-value.ts';
import { type Timestamp, wireTimestamp } from '../timestamps.ts';
import type { ApplicationScope } from './application-scope.ts';

export interface EntityOptions<Definitions extends PropertyDefinitions> extends AttachmentOptions<Definitions> {
  /**
   * The reference key instead of the name, which may then repeat. Used for one user, group or role of an application, it
   * must be used for all of them; likewise for resources (reference 1.0.7).
   */
  readonly id?: string | undefined;
}

/** A named entity of an application. Made by the application's `add...` methods; a handle to pass around. */
export abstract class Entity<Definitions extends PropertyDefinitions>
  extends Attachments<Definitions>
  implements Referable
{
  readonly application: ApplicationScope;
  readonly name: string;
  readonly id: string | undefined;
  #removed = false;

  constructor(application: ApplicationScope, name: string, options: EntityOptions<Definitions> | undefined) {
    super();
    this.application = application;
    this.name = name;
    this.id = options?.id;
    if (name.trim() === '' || this.id === '') {
      throw new InputError('input-invalid', `${name.trim() === '' ? 'A name' : 'An id'} must not be empty.`);
    }
  }

  /** What references name: the id where there is one, else the name. */
  get key(): string {
    return this.id ?? this.name;
  }

  /** Whether the entity was taken out of its application; nothing refers to it any more. */
  get removed(): boolean {
    return this.#removed;
  }

  /** The entity as it stands on the wire. */
  toJSON(): ReturnType<this['toWire']> {
    return this.toWire() as ReturnType<this['toWire']>;
  }

  /** @internal */
  abstract toWire(): unknown;

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.constructor.name} ${this.toString()}`;
  }

  /** @internal */
  markRemoved(): void {
    this.#removed = true;
  }

  override toString(): string {
    return this.id === undefined || this.id === this.name ? this.name : `${this.name} (${this.id})`;
  }

  /** A new wire object with id and name. */
  protected wireStart(): Record<string, unknown> {
    return this.id === undefined ? { name: this.name } : { id: this.id, name: this.name };
  }

  /** The timestamp as it stands on the wire. @throws InputError for one that is not RFC 3339. */
  protected timestamp(name: string, timestamp: Timestamp | undefined): string | undefined {
    if (timestamp === undefined) return undefined;
    const text = wireTimestamp(timestamp);
    if (text !== undefined) return text;
    throw new InputError('input-invalid', `${name} of "${this.key}" is not a timestamp: ${showValue(timestamp)}.`, {
      hint: 'Use a valid Date, or RFC 3339 such as "2026-01-31T09:00:00Z".',
    });
  }
}
