import { InputError } from '../../errors/errors.ts';
import { didYouMean } from '../../errors/nearest-name.ts';
import { type CanonicalPermission, canonicalPermissions } from '../canonical-permissions.ts';
import type { Referable } from '../reference-list.ts';
import type { WirePermission } from './wire.ts';

export interface PermissionOptions {
  /** Whether the permission on the application or a resource also covers everything below it; false when left out. */
  readonly applyToSubResources?: boolean | undefined;
  /** When the permission comes through a role, only resources of these types get it; none given: all. */
  readonly resourceTypes?: readonly string[] | undefined;
}

/** A permission of the application with its canonical effects. Belongs to the payload: all its applications share it. */
export class Permission implements Referable {
  readonly name: string;
  readonly effects: readonly CanonicalPermission[];
  readonly applyToSubResources: boolean;
  readonly resourceTypes: readonly string[];
  #removed = false;

  /** @internal Use `application.addPermission`. @throws InputError for an unknown effect. */
  constructor(name: string, effects: readonly CanonicalPermission[], options: PermissionOptions | undefined) {
    if (name.trim() === '') throw new InputError('input-invalid', 'The name of a permission must not be empty.');
    const unknown = effects.find((effect) => !canonicalPermissions.includes(effect));
    if (unknown !== undefined) {
      throw new InputError(
        'input-invalid',
        `Permission "${name}": ${JSON.stringify(unknown)} is not a canonical permission.${didYouMean(String(unknown), canonicalPermissions)}`,
        { hint: `Canonical permissions are ${canonicalPermissions.join(', ')}.` },
      );
    }
    this.name = name;
    this.effects = Object.freeze([...effects]);
    this.applyToSubResources = options?.applyToSubResources ?? false;
    this.resourceTypes = Object.freeze([...(options?.resourceTypes ?? [])]);
  }

  get key(): string {
    return this.name;
  }

  get removed(): boolean {
    return this.#removed;
  }

  /** @internal */
  markRemoved(): void {
    this.#removed = true;
  }

  toString(): string {
    return this.name;
  }

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Permission ${this.name}`;
  }

  /** The permission as it stands on the wire. */
  toJSON(): WirePermission {
    return this.toWire();
  }

  /** @internal */
  toWire(): WirePermission {
    return {
      name: this.name,
      permission_type: this.effects,
      apply_to_sub_resources: this.applyToSubResources,
      resource_types: this.resourceTypes,
    };
  }
}
