// The payload of write-back against the builder: an application of 100,000 users built, and the same one projected; both
// serialised and compressed. Each in a process of its own, in turns, in one run:
//   node --conditions=@oaa-kit/source test/bench/projection.ts [runs]
// At most 1.5 x, in time and memory: the projection alone of what is in memory, as the builder has what it builds; and the
// whole, with reading base and directory from the database. On a machine that others use, CPU says more than time does.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Measurement {
  readonly milliseconds: number;
  /** Of all threads. */
  readonly cpuMs: number;
  /** Until there is a payload. */
  readonly makeMs: number;
  readonly peakBytes: number;
  readonly digest: string;
}

const limit = 1.5;
const runs = Number(process.argv[2] ?? 5);
const folder = await mkdtemp(join(tmpdir(), 'oaa-bench-projection-'));
const database = join(folder, 'scim.db');
const script = fileURLToPath(new URL('./projection-sides.ts', import.meta.url));

function run<Result>(...parameters: readonly string[]): Result {
  const output = execFileSync(process.execPath, [...process.execArgv, script, ...parameters], { encoding: 'utf8' });
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Result;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[], unit: string): string {
  return `${median(values).toFixed(0)} ${unit} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
}

try {
  const { milliseconds } = run<{ readonly milliseconds: number }>('seed', database);
  const builder: Measurement[] = [];
  const alone: Measurement[] = [];
  const whole: Measurement[] = [];
  for (let round = 0; round < runs; round += 1) {
    builder.push(run('builder'));
    alone.push(run('memory', database));
    whole.push(run('projection', database));
  }
  if (new Set([...builder, ...alone, ...whole].map(({ digest }) => digest)).size !== 1) {
    throw new Error('The payloads differ.');
  }
  const times = (side: readonly Measurement[]) => side.map((one) => one.milliseconds);
  const cpu = (side: readonly Measurement[]) => side.map(({ cpuMs }) => cpuMs);
  const made = (side: readonly Measurement[]) => side.map(({ makeMs }) => makeMs);
  const peaks = (side: readonly Measurement[]) => side.map(({ peakBytes }) => peakBytes / 1e6);
  const line = (name: string, side: readonly Measurement[]) =>
    `  ${name.padEnd(12)} ${spread(times(side), 'ms')}, of which made in ${median(made(side)).toFixed(0)} ms; CPU ${spread(cpu(side), 'ms')}; peak ${spread(peaks(side), 'MB')}`;
  const ratio = (of: typeof times, side: readonly Measurement[]) => (median(of(side)) / median(of(builder))).toFixed(2);
  const lines = [
    `100,000 users; ${runs} runs each, median (lowest to highest); first base merged in ${milliseconds.toFixed(0)} ms`,
    line('builder', builder),
    line('projection', alone),
    line('with reading', whole),
    `  ratio        projection: time ${ratio(times, alone)} x, CPU ${ratio(cpu, alone)} x, memory ${ratio(peaks, alone)} x (at most ${limit})`,
    `               with reading: time ${ratio(times, whole)} x, CPU ${ratio(cpu, whole)} x, memory ${ratio(peaks, whole)} x (at most ${limit})`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  await rm(folder, { recursive: true });
}
