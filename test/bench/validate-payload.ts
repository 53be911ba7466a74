// Prints how long JSON.parse and validate take for the payload of the benches, in one process.
import { defineApplication, validate } from '@oaa-kit/oaa';
import { linksOf, shape } from './shape.ts';

const app = defineApplication({ name: 'Bench', applicationType: 'Bench' });
const read = app.addPermission('read', ['DataRead']);
for (let number = 0; number < shape.groups; number += 1) app.addGroup(`Group ${number}`, { id: `g${number}` });
for (let number = 0; number < shape.roles; number += 1) {
  app.addRole(`Role ${number}`, { id: `role${number}`, permissions: [read] });
}
for (let number = 0; number < shape.resources; number += 1) {
  app.addResource(`Resource ${number}`, 'folder', { id: `r${number}` });
}
for (let number = 0; number < shape.users; number += 1) {
  const links = linksOf(number);
  app
    .addUser(`User ${number}`, {
      id: `u${number}`,
      email: `user${number}@example.com`,
      identities: [`user${number}@example.com`],
      groups: links.groups.map((group) => `g${group}`),
      isActive: true,
      createdAt: '2024-01-01T00:00:00.000Z',
    })
    .grant(read, `r${links.resource}`)
    .assignRole(`role${links.role}`, app);
}
const text = Array.from(app.jsonChunks()).join('');

const start = performance.now();
const payload = JSON.parse(text);
const parsed = performance.now();
const problems = validate(payload);
const validated = performance.now();
process.stdout.write(
  `${JSON.stringify({ parseMs: parsed - start, validateMs: validated - parsed, problems: problems.length })}\n`,
);
