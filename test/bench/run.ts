// Runs the benches: each side in a process of its own, in turns, so that both meet the same machine. Figures are medians
// with their spread; what counts are the ratios.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './measure.ts';

const runs = Number(process.argv[2] ?? 5);

function run<Result>(script: string): Result {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const output = execFileSync(process.execPath, ['--conditions=@oaa-kit/source', file], { encoding: 'utf8' });
  return JSON.parse(output) as Result;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[], unit: string): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(0)} ${unit} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

const floor: Measurement[] = [];
const builder: Measurement[] = [];
const validation: { parseMs: number; validateMs: number; problems: number }[] = [];
for (let round = 0; round < runs; round += 1) {
  floor.push(run('./application-floor.ts'));
  builder.push(run('./application-builder.ts'));
  validation.push(run('./validate-payload.ts'));
}

const digests = new Set([...floor, ...builder].map(({ digest }) => digest));
if (digests.size !== 1) throw new Error('The builder and the floor do not make the same document.');

const times = (list: readonly Measurement[]) => list.map(({ milliseconds }) => milliseconds);
const peaks = (list: readonly Measurement[]) => list.map(({ peakBytes }) => peakBytes / 1e6);
const lines = [
  `Application of 100,000 users, ${((floor[0]?.jsonBytes ?? 0) / 1e6).toFixed(1)} MB of JSON, ${runs} runs each, median (spread)`,
  `  floor     ${spread(times(floor), 'ms')}, peak ${spread(peaks(floor), 'MB')}`,
  `  builder   ${spread(times(builder), 'ms')}, peak ${spread(peaks(builder), 'MB')}`,
  `  ratio     time ${(median(times(builder)) / median(times(floor))).toFixed(2)} x (at most 1.5), memory ${(median(peaks(builder)) / median(peaks(floor))).toFixed(2)} x (at most 1.5)`,
  `  validate  ${spread(
    validation.map(({ validateMs }) => validateMs),
    'ms',
  )} beside JSON.parse ${spread(
    validation.map(({ parseMs }) => parseMs),
    'ms',
  )} (at most JSON.parse + 1,000 ms)`,
];
process.stdout.write(`${lines.join('\n')}\n`);
