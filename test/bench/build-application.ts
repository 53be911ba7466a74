import { type Application, defineApplication } from '@oaa-kit/oaa';
import { linksOf, shape } from './shape.ts';

/** The application of the benches, made with the builder. */
export function buildApplication(): Application {
  const app = defineApplication({ name: 'Bench', applicationType: 'Bench' });
  const read = app.addPermission('read', ['DataRead']);
  const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
  const groups = numbers(shape.groups).map((number) => app.addGroup(`Group ${number}`, { id: `g${number}` }));
  const roles = numbers(shape.roles).map((number) =>
    app.addRole(`Role ${number}`, { id: `role${number}`, permissions: [read] }),
  );
  const resources = numbers(shape.resources).map((number) =>
    app.addResource(`Resource ${number}`, 'folder', { id: `r${number}` }),
  );
  for (let number = 0; number < shape.users; number += 1) {
    const links = linksOf(number);
    app
      .addUser(`User ${number}`, {
        id: `u${number}`,
        email: `user${number}@example.com`,
        identities: [`user${number}@example.com`],
        groups: links.groups.map((group) => groups[group] as (typeof groups)[0]),
        isActive: true,
        createdAt: '2024-01-01T00:00:00.000Z',
      })
      .grant(read, resources[links.resource] as (typeof resources)[0])
      .assignRole(roles[links.role] as (typeof roles)[0], app);
  }
  return app;
}
