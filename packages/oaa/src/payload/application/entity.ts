import { InputError } from '../../errors/errors.ts';
import { type AttachmentOptions, Attachments } from '../attachments.ts';
import type { PropertyDefinitions } from '../properties.ts';
import type { Referable } from '../reference-list.ts';
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

  /** Writes a timestamp if it is set. @throws InputError for one that is not RFC 3339. */
  protected writeTimestamp(wire: Record<string, unknown>, key: string, timestamp: Timestamp | undefined): void {
    if (timestamp === undefined) return;
    const text = wireTimestamp(timestamp);
    if (text === undefined) {
      throw new InputError('input-invalid', `${key} of ${this.toString()} is not a timestamp: ${String(timestamp)}`, {
        hint: 'Use a valid Date, or RFC 3339 such as "2026-01-31T09:00:00Z".',
      });
    }
    wire[key] = text;
  }
}
