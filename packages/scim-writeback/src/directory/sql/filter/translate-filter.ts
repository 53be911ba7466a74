import { type SqlBool, sql } from 'kysely';
import type { ResolvedFilter } from '../../../protocol/filter/resolved-filter.ts';
import type { ListScope } from '../list-scope.ts';
import { columnCondition } from './column.ts';
import { anyRow, type Condition, exactly } from './condition.ts';
import { memberRelation } from './members.ts';
import { membershipRelation } from './memberships.ts';
import { relatedTest } from './related-test.ts';
import type { Relation } from './relation.ts';
import { resourceColumn } from './resource-column.ts';
import { schemasCondition } from './schemas-condition.ts';
import { searchedCondition } from './searched-condition.ts';
import { type LeafFilter, type LeafTranslation, translateTree } from './translate-tree.ts';

/** A condition on rows of `resources` that holds of every resource that matches the filter, and often of no other. */
export function translateFilter(filter: ResolvedFilter, scope: ListScope): Condition {
  return translateTree(filter, false, leafTranslation(scope));
}

function leafTranslation(scope: ListScope): LeafTranslation {
  return (leaf, negated) => {
    const relation = relationOf(leaf, scope);
    if (relation !== undefined) {
      const test = relatedTest(leaf, relation);
      return exactly(negated ? sql<SqlBool>`not (${test})` : test);
    }
    const { path } = leaf;
    if (path.extension === undefined && path.attribute.name === 'schemas') {
      return schemasCondition(leaf, scope.schema, negated);
    }
    const column = resourceColumn(path, scope.kind);
    if (column === undefined) return searchedCondition(leaf, negated, scope);
    if (leaf.kind === 'value-path' || leaf.selection !== undefined) return anyRow;
    return columnCondition(leaf, column, negated);
  };
}

/** The relation that a leaf is about: what is in no document, and known to the database only. */
export function relationOf({ path }: LeafFilter, { organization, kind }: ListScope): Relation | undefined {
  if (path.extension !== undefined) return undefined;
  if (kind === 'Group') return path.attribute.name === 'members' ? memberRelation(organization) : undefined;
  return path.attribute.name === 'groups' ? membershipRelation(organization) : undefined;
}
