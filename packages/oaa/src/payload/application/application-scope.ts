import { InputError } from '../../errors/errors.ts';
import { Attachments } from '../attachments.ts';
import type { PropertyDefinitions } from '../properties.ts';
import type { Referable, Reference } from '../reference-list.ts';
import type { ApplicationPropertySchemas } from './application-properties.ts';

/** What an entity knows of the application that it belongs to. */
export abstract class ApplicationScope<
  Definitions extends PropertyDefinitions = PropertyDefinitions,
> extends Attachments<Definitions> {
  abstract readonly name: string;
  /** @internal */
  abstract readonly schemas: ApplicationPropertySchemas;

  /**
   * @internal
   * @throws InputError `entity-foreign` when the handle belongs to another application.
   */
  checkOwn(reference: Reference<Referable & { readonly application: { readonly name: string } }>): void {
    if (typeof reference === 'string' || reference.application === this) return;
    throw new InputError(
      'entity-foreign',
      `"${reference.key}" belongs to the application "${reference.application.name}", not to "${this.name}".`,
    );
  }

  /**
   * @internal
   * @throws InputError `entity-foreign` when the permission belongs to another payload.
   */
  abstract checkOwnPermission(permission: Reference<Referable>): void;
}
