import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { ResourceKind } from '../directory.ts';
import type { UniqueAttribute } from './unique-values.ts';

/** How a directory treats resources of one kind. */
export interface KindRules {
  readonly schema: ResourceSchema;
  readonly unique: readonly UniqueAttribute[];
}

/** What is the same for all organizations of a directory. */
export interface DirectoryRules {
  readonly kinds: Readonly<Record<ResourceKind, KindRules>>;
  /** Members that are no resources of the organization. */
  readonly unknownMembers: 'accept' | 'reject';
  /** The time in the form of `canonicalInstant`. */
  now(): string;
  newId(): string;
}

/** Where a change takes place: every statement is bound to the organization. */
export interface Scope extends DirectoryRules {
  readonly organization: string;
}
