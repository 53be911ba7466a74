// Runs the benches against the built packages: each side in a process of its own, in turns, so that both meet the same
// machine. Figures are medians with their spread; what counts are the ratios.
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeCsvInput } from './csv-input.ts';

interface Measurement {
  readonly milliseconds: number;
  readonly peakBytes: number;
  readonly digest?: string;
}

interface Pair {
  readonly title: string;
  readonly floor: string;
  readonly ours: string;
  readonly parameters: readonly string[];
  /** Where making the digest would count as memory, one more run of each side makes it. */
  readonly digestApart: boolean;
  readonly limits: { readonly time: number; readonly memory: number };
}

const runs = Number(process.argv[2] ?? 5);

function run<Result>(script: string, parameters: readonly string[]): Result {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const output = execFileSync(process.execPath, [file, ...parameters], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Result;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[], unit: string): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(0)} ${unit} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

function comparePair({ title, floor, ours, parameters, digestApart, limits }: Pair): string[] {
  const sides: Record<'floor' | 'ours', Measurement[]> = { floor: [], ours: [] };
  for (let round = 0; round < runs; round += 1) {
    sides.floor.push(run(floor, parameters));
    sides.ours.push(run(ours, parameters));
  }
  const digested = digestApart
    ? [run<Measurement>(floor, [...parameters, 'digest']), run<Measurement>(ours, [...parameters, 'digest'])]
    : [...sides.floor, ...sides.ours];
  if (new Set(digested.map(({ digest }) => digest)).size !== 1) throw new Error(`${title}: the documents differ.`);
  const times = (side: keyof typeof sides) => sides[side].map(({ milliseconds }) => milliseconds);
  const peaks = (side: keyof typeof sides) => sides[side].map(({ peakBytes }) => peakBytes / 1e6);
  const ratio = (values: typeof times) => (median(values('ours')) / median(values('floor'))).toFixed(2);
  return [
    title,
    `  floor  ${spread(times('floor'), 'ms')}, peak ${spread(peaks('floor'), 'MB')}`,
    `  ours   ${spread(times('ours'), 'ms')}, peak ${spread(peaks('ours'), 'MB')}`,
    `  ratio  time ${ratio(times)} x (at most ${limits.time}), memory ${ratio(peaks)} x (at most ${limits.memory})`,
  ];
}

function compareValidation(): string[] {
  const results = Array.from({ length: runs }, () =>
    run<{ readonly parseMs: number; readonly validateMs: number }>('./validate-payload.ts', []),
  );
  const parse = results.map(({ parseMs }) => parseMs);
  const validate = results.map(({ validateMs }) => validateMs);
  return [
    'Validating that application',
    `  floor  JSON.parse of it ${spread(parse, 'ms')}`,
    `  ours   ${spread(validate, 'ms')} (at most JSON.parse + 1,000 ms)`,
  ];
}

const folder = await writeCsvInput();
try {
  process.stdout.write(`${runs} runs each, median (lowest to highest)\n`);
  const application = comparePair({
    title: 'An application of 100,000 users: built, serialised, compressed',
    floor: './application-floor.ts',
    ours: './application-builder.ts',
    parameters: [],
    digestApart: false,
    limits: { time: 1.5, memory: 1.5 },
  });
  process.stdout.write(`${[...application, ...compareValidation()].join('\n')}\n`);
  const csv = comparePair({
    title: 'A CSV of 1,000,000 users to a compressed payload: oaa build',
    floor: './csv-floor.ts',
    ours: './csv-mapping.ts',
    parameters: [folder],
    digestApart: true,
    limits: { time: 1.5, memory: 1.2 },
  });
  process.stdout.write(`${csv.join('\n')}\n`);
} finally {
  await rm(folder, { recursive: true });
}
