import type { OrganizationDirectory } from '../../directory/directory.ts';
import type { SelectionPlan } from '../../protocol/selection/compile-selection.ts';
import type { Locate } from './locate.ts';
import type { WholeTextTest } from './whole-text.ts';

/** How resources are to be shown. */
export interface View {
  readonly directory: OrganizationDirectory;
  readonly locate: Locate;
  readonly plan: SelectionPlan;
  readonly isWhole: WholeTextTest;
}
