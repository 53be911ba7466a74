import type { ApplicationOperation } from '../../../directory/write-back.ts';
import { EditPlan } from './edit-plan.ts';
import { entityOf, type PlanContext } from './plan-context.ts';
import { planCreate } from './plan-create.ts';
import { planDelete } from './plan-delete.ts';
import { planMemberships } from './plan-memberships.ts';
import { planUpdate } from './plan-update.ts';

/** What an operation does to the rows of the files. @throws Refusal */
export function planOperation(operation: ApplicationOperation, context: PlanContext): EditPlan {
  const plan = new EditPlan();
  switch (operation.type) {
    case 'create-user':
    case 'create-group':
      planCreate(plan, entityOf(operation.after.kind, context), operation.after, context);
      break;
    case 'update-user':
    case 'deactivate-user':
    case 'reactivate-user':
    case 'update-group':
      planUpdate(plan, entityOf(operation.after.kind, context), operation, context);
      break;
    case 'delete-user':
    case 'delete-group':
      planDelete(plan, entityOf(operation.before.kind, context), operation.before, context);
      break;
    case 'add-members':
      planMemberships(plan, 'add', operation.group, operation.members, context);
      break;
    case 'remove-members':
      planMemberships(plan, 'remove', operation.group, operation.members, context);
      break;
  }
  return plan;
}
