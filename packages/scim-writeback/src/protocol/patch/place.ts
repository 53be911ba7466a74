import type { Attribute, Schema } from '../schemas/schema.ts';

/** Where an attribute is kept: on the resource itself, or within the object of an extension. */
export interface Place {
  /** Undefined for core and common attributes. */
  readonly extension: Schema | undefined;
  readonly attribute: Attribute;
}
