import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { Readme } from '../support/readme.ts';
import { manifestOf, type RegistrarCommands, useRegistrarCommands } from '../support/registrar-commands.ts';

/** A step of a GitHub workflow, as far as the README uses it. */
interface JobStep {
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: { readonly path: string; readonly key: string };
}

interface Workflow {
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress'?: boolean };
  readonly jobs: { readonly register: { readonly steps: readonly JobStep[] } };
}

const mainBranch = "github.ref == 'refs/heads/main'";

function workflow(): Workflow {
  const block = new Readme('README.md').blocks.find(
    ({ attributes }) => attributes.file === '.github/workflows/registrar.yml',
  );
  return parse(block?.code ?? '');
}

/** How a job is started. */
interface Run {
  readonly onMain: boolean;
  /** By hand, with this input. */
  readonly giveUp?: boolean;
}

/** Whether a step runs. Throws for a condition that this test does not know. */
function holds(condition: string | undefined, { folder, onMain, giveUp = false }: Run & { folder: string }): boolean {
  if (condition === undefined) return true;
  return condition.split(' && ').every((term) => {
    const [, file] = /^hashFiles\('([^']+)'\) != ''$/.exec(term) ?? [];
    if (file !== undefined) return existsSync(`${folder}/${file}`);
    if (term === mainBranch) return onMain;
    if (term === 'always()') return true;
    if (term === 'inputs.give-up') return giveUp;
    throw new Error(`no test knows the condition ${term}`);
  });
}

/** Runs the commands of the job until one fails; gives what each came to. */
async function runJob({ oaa, folder }: RegistrarCommands, run: Run): Promise<string[]> {
  const outcomes: string[] = [];
  for (const step of workflow().jobs.register.steps) {
    if (!holds(step.if, { folder, ...run })) continue;
    const [, removed] = /^rm -f (\S+)$/.exec(step.run ?? '') ?? [];
    if (removed !== undefined) await rm(`${folder}/${removed}`, { force: true });
    const [, command] = /^npx oaa (.*)$/.exec(step.run ?? '') ?? [];
    if (command === undefined) continue;
    const { exitCode } = await oaa(command.split(' '));
    outcomes.push(`${command.split(' ').slice(1, 3).join(' ')}: ${exitCode}`);
    if (exitCode !== 0) break;
  }
  return outcomes;
}

/** A tenant on which the job could make a provider and no data source. */
async function afterStoppedJob() {
  const commands = await useRegistrarCommands();
  const { write, scimUrl, sandbox } = commands;
  await write('provider.yaml', manifestOf(scimUrl));
  sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
  expect(await runJob(commands, { onMain: true })).toEqual(['plan -f: 0', 'apply --plan: 4']);
  return { commands, sandbox, write };
}

test('the job of the README goes on with the apply that an earlier one could not finish', async () => {
  const { commands, sandbox } = await afterStoppedJob();
  expect(await runJob(commands, { onMain: false })).toEqual(['plan -f: 0']);
  expect(await runJob(commands, { onMain: true })).toEqual(['apply --resume: 0', 'plan -f: 0', 'apply --plan: 0']);
  expect(sandbox.dataSource('Help Desk', 'helpdesk.example.com')).toBeDefined();
  expect(await runJob(commands, { onMain: true })).toEqual(['plan -f: 0', 'apply --plan: 0']);
});

test('the job of the README is given up by hand where a guard stops what it goes on with', async () => {
  const { commands, sandbox, write } = await afterStoppedJob();
  // Somebody writes the state meanwhile, as with an older one that was put back.
  const state = JSON.parse(await commands.read('registrar-state.json'));
  await write('registrar-state.json', JSON.stringify({ ...state, serial: state.serial + 1 }));
  expect(await runJob(commands, { onMain: true })).toEqual(['apply --resume: 8']);
  expect(await runJob(commands, { onMain: true })).toEqual(['apply --resume: 8']);
  expect(await runJob(commands, { onMain: true, giveUp: true })).toEqual(['plan -f: 0', 'apply --plan: 0']);
  expect(sandbox.dataSource('Help Desk', 'helpdesk.example.com')).toBeDefined();
});

test('two jobs of one branch never run at once, and what one leaves the next finds', () => {
  const { concurrency, jobs } = workflow();
  expect(concurrency).toEqual({ group: 'registrar-$' + '{{ github.ref }}' });
  const caches = jobs.register.steps.filter(({ uses }) => uses?.startsWith('actions/cache/') === true);
  expect(caches.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/cache/restore', 'actions/cache/save']);
  // The journal has the name of the state file, and more behind it.
  expect(caches.map(({ with: cache }) => cache?.path)).toEqual(['registrar-state.json*', 'registrar-state.json*']);
  // A plan of another branch must not take its own old state for the newest one.
  expect(caches[1]?.if).toBe(`always() && ${mainBranch}`);
});
