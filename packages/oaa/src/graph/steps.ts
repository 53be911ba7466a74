import type { PermissionNode, PrincipalNode, RoleNode, TargetNode } from './access-index.ts';
import type { AccessStep, AccessTarget } from './access-step.ts';

/** A target as answers show it. */
function targetOf(target: TargetNode): AccessTarget {
  const { application, key } = target;
  return key === undefined ? { application } : { application, resource: key };
}

/** The step that arrives at `to` because whoever came before acts as it. */
export function actsAsStep(to: PrincipalNode): AccessStep {
  const { kind, key, name } = to;
  return kind === 'role' ? containedRoleStep(to) : { kind, key, name };
}

export function roleStep({ key, name }: RoleNode, on: TargetNode | undefined): AccessStep {
  return on === undefined ? { kind: 'role', key, name } : { kind: 'role', key, name, on: targetOf(on) };
}

export function containedRoleStep({ key, name }: PrincipalNode): AccessStep {
  return { kind: 'contained-role', key, name };
}

/** The last two steps: the permission, and the target that it reaches from where it was given. */
export function grantSteps(permission: PermissionNode, given: TargetNode, on: TargetNode): AccessStep[] {
  const { name } = permission;
  const target: AccessStep =
    given === on
      ? { kind: 'target', on: targetOf(on) }
      : { kind: 'target', on: targetOf(on), inheritedFrom: targetOf(given) };
  return [{ kind: 'permission', key: name, name }, target];
}

/** A path while it is being found: the last step, and how one came there. Ways share their beginnings. */
export interface Way {
  readonly step: AccessStep;
  readonly before: Way | undefined;
}

/** The steps of a way in order; none for undefined. */
export function stepsOf(way: Way | undefined): AccessStep[] {
  const steps: AccessStep[] = [];
  for (let at = way; at !== undefined; at = at.before) steps.push(at.step);
  return steps.reverse();
}
