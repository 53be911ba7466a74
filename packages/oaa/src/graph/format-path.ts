import type { AccessPath, AccessStep, AccessTarget } from './access-step.ts';

/**
 * A path as one line: `user jane -> member of group staff -> has role editor on resource wiki -> gives permission edit
 * -> on resource wiki.handbook, inherited from resource wiki`.
 */
export function formatPath(path: AccessPath): string {
  return path.map((step, position) => formatStep(step, path[position - 1])).join(' -> ');
}

function formatStep(step: AccessStep, before: AccessStep | undefined): string {
  switch (step.kind) {
    case 'user':
      return `user ${title(step)}`;
    case 'credential':
      return before === undefined ? `credential ${title(step)}` : `has credential ${title(step)}`;
    case 'identity':
      return before === undefined ? `identity ${title(step)}` : `is identity ${title(step)}`;
    case 'group':
      return `member of group ${title(step)}`;
    case 'role':
      return step.on === undefined ? `has role ${title(step)}` : `has role ${title(step)} on ${formatTarget(step.on)}`;
    case 'contained-role':
      return `contains role ${title(step)}`;
    case 'permission':
      return `${before?.kind === 'role' || before?.kind === 'contained-role' ? 'gives' : 'has'} permission ${step.name}`;
    case 'target':
      return step.inheritedFrom === undefined
        ? `on ${formatTarget(step.on)}`
        : `on ${formatTarget(step.on)}, inherited from ${formatTarget(step.inheritedFrom)}`;
  }
}

function title({ key, name }: { readonly key: string; readonly name: string }): string {
  return name === key ? name : `${name} (${key})`;
}

function formatTarget({ application, resource }: AccessTarget): string {
  return resource === undefined ? `application ${application}` : `resource ${resource}`;
}
