/**
 * The cycles of a directed graph: each strongly connected set of more than one node, once. Self-loops are not reported.
 * Tarjan's algorithm without recursion: linear in nodes and edges, whatever the depth.
 *
 * @param targets for each node, the numbers of the nodes that it points to
 */
export function findCycles(targets: readonly (readonly number[])[]): number[][] {
  const cycles: number[][] = [];
  const order = new Int32Array(targets.length).fill(-1);
  const lowest = new Int32Array(targets.length);
  const onStack = new Uint8Array(targets.length);
  const stack: number[] = [];
  const walk: { node: number; next: number }[] = [];
  let counter = 0;

  const enter = (node: number): void => {
    order[node] = counter;
    lowest[node] = counter;
    counter += 1;
    stack.push(node);
    onStack[node] = 1;
    walk.push({ node, next: 0 });
  };
  const lower = (node: number, value: number): void => {
    if (value < (lowest[node] as number)) lowest[node] = value;
  };

  for (let start = 0; start < targets.length; start += 1) {
    if (order[start] !== -1) continue;
    enter(start);
    for (let frame = walk.at(-1); frame !== undefined; frame = walk.at(-1)) {
      const { node } = frame;
      const target = targets[node]?.[frame.next];
      if (target !== undefined) {
        frame.next += 1;
        if (order[target] === -1) enter(target);
        else if (onStack[target] === 1) lower(node, order[target] as number);
        continue;
      }
      walk.pop();
      const parent = walk.at(-1);
      if (parent !== undefined) lower(parent.node, lowest[node] as number);
      if (lowest[node] === order[node]) {
        const members = stack.splice(stack.lastIndexOf(node));
        for (const member of members) onStack[member] = 0;
        if (members.length > 1) cycles.push(members);
      }
    }
  }
  return cycles;
}
