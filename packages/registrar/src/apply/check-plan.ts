import { GuardError, UsageError } from '@oaa-kit/oaa';
import type { Plan } from '../plan/plan.ts';

function refused(message: string, hint: string): GuardError {
  return new GuardError('guard', message, { hint });
}

/**
 * Refuses a plan that must not be applied, or not here.
 *
 * @throws UsageError for a plan of another tenant
 * @throws GuardError for one with problems, for one that destroys without leave, and for one of another state
 */
export function checkPlan(plan: Plan, tenantUrl: string, stateSerial: number): void {
  if (plan.tenant !== tenantUrl) {
    throw new UsageError(
      'usage',
      `The plan was made for the tenant ${plan.tenant}, and the tenant here is ${tenantUrl}.`,
      {
        hint: 'Plan for this tenant, or name the other one with --url.',
      },
    );
  }
  const problems = plan.problems.map(({ provider, message, hint }) => `  ${provider}: ${message} ${hint}`);
  if (problems.length > 0) {
    throw refused(`A plan with problems is not applied:\n${problems.join('\n')}`, 'Solve them and plan again.');
  }
  const destroyed = plan.providers.filter(({ needsAllowDelete }) => needsAllowDelete);
  if (destroyed.length > 0) {
    const lines = destroyed.map(
      ({ action, declared, reasons }) => `  ${action} ${declared.name}: ${reasons.join('; ')}`,
    );
    throw refused(
      `The plan destroys graph data, for which no leave was given:\n${lines.join('\n')}`,
      'If that is meant, plan with --allow-delete.',
    );
  }
  if (plan.stateSerial !== stateSerial) {
    throw refused(
      `The plan was made from state ${plan.stateSerial}, and the state is ${stateSerial} by now: something was applied since.`,
      'Plan again.',
    );
  }
}
