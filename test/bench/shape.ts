/** The application that the benches build: who is in what, without regard to how it is built. */
export const shape = { users: 100_000, groups: 200, roles: 50, resources: 1_000 } as const;

/** Three different groups, a role and a resource for the user with that number. */
export function linksOf(user: number): { groups: [number, number, number]; role: number; resource: number } {
  const first = user % shape.groups;
  return {
    groups: [first, (first + 7) % shape.groups, (first + 31) % shape.groups],
    role: user % shape.roles,
    resource: (user * 7) % shape.resources,
  };
}
