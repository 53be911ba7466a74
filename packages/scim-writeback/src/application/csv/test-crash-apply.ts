import type { ApplicationOperation } from '../../directory/write-back.ts';
import { csvApplication } from './test-csv-application.ts';

/** Applies operations to the shop in a folder; at the step of that name it stops or is killed. Prints each answer. */
const [folder = '', operations = '[]', step = '', way = 'kill'] = process.argv.slice(2);
const application = await csvApplication({}, undefined, {
  folder,
  step: async (name) => {
    if (name !== step) return;
    process.stdout.write(`at ${name}\n`);
    if (way === 'kill') process.kill(process.pid, 'SIGKILL');
    // Until it is killed from outside.
    await new Promise(() => setInterval(() => undefined, 1_000));
  },
});
for (const operation of JSON.parse(operations) as ApplicationOperation[]) {
  const answer = await application.apply(operation, JSON.stringify(operation));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
