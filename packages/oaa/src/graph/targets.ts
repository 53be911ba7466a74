import type { WireResource } from '../payload/application/wire.ts';
import { foldKey, type KeyMap } from '../payload/keys.ts';
import type { PermissionNode, TargetNode } from './access-index.ts';

/** Hangs `resources` and everything below them under `root` and enters them in `byKey`. Equal keys become one target. */
export function addResources(root: TargetNode, resources: readonly WireResource[], byKey: KeyMap<TargetNode>): void {
  const open: { readonly parent: TargetNode; readonly resources: readonly WireResource[] }[] = [
    { parent: root, resources },
  ];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    const { parent } = level;
    for (const resource of level.resources) {
      const segment = resource.id ?? resource.name;
      const key = parent.key === undefined ? segment : `${parent.key}.${segment}`;
      let node = byKey.get(key);
      if (node === undefined) {
        const type = foldKey(resource.resource_type);
        node = { application: root.application, key, type, parent, children: [] };
        byKey.set(key, node);
        parent.children.push(node);
      }
      if (resource.sub_resources !== undefined) open.push({ parent: node, resources: resource.sub_resources });
    }
  }
}

/** The targets on which a grant of `permission` covers `target`: itself and, for an inherited permission, all above it. */
export function coveringTargets(permission: PermissionNode, target: TargetNode): TargetNode[] {
  const covering = [target];
  if (permission.appliesToSubResources) {
    for (let above = target.parent; above !== undefined; above = above.parent) covering.push(above);
  }
  return covering;
}

/** Whether `target` may get `permission` through a role. A permission with resource types never reaches the application itself. */
export function roleReaches(permission: PermissionNode, target: TargetNode): boolean {
  if (permission.resourceTypes.size === 0) return true;
  return target.type !== undefined && permission.resourceTypes.has(target.type);
}
