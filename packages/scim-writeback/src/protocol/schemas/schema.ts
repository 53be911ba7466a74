/** Data types of attributes. RFC 7643 s2.3. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex';

/** Who may set an attribute, and when. RFC 7643 s7. */
export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';

/** When an attribute is part of an answer. RFC 7643 s7. */
export type Returned = 'always' | 'never' | 'default' | 'request';

/** Within which bounds no two resources share a value. RFC 7643 s7. */
export type Uniqueness = 'none' | 'server' | 'global';

/** One attribute with every characteristic stated. RFC 7643 s7. */
export interface Attribute {
  /** As it is spelt in answers; requests may spell it in any case. */
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  /** Suggestions; other values are taken as well. */
  readonly canonicalValues?: readonly string[];
  /** Names of resource types, `external` or `uri`. */
  readonly referenceTypes?: readonly string[];
  /** Of a complex attribute, and only of one. */
  readonly subAttributes?: readonly Attribute[];
}

/** A named set of attributes, core of a resource type or an extension of it. RFC 7643 s7. */
export interface Schema {
  /** The URN. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** An extension as a resource type takes it on. RFC 7643 s6. */
export interface SchemaExtension {
  readonly schema: Schema;
  /** Whether every resource of the type has to carry it. */
  readonly required: boolean;
}

/** What an endpoint serves. RFC 7643 s6. */
export interface ResourceType {
  readonly id: string;
  readonly name: string;
  /** Relative to the base URL, with a leading slash: `/Users`. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly SchemaExtension[];
}
