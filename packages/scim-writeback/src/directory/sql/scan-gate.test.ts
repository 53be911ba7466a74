import { expect, test } from 'vitest';
import { ScanGate } from './scan-gate.ts';

/** A gate, and scans that end when they are told to. */
function gateOf(running: number, waiting: number) {
  const gate = new ScanGate({ running, waiting });
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const scan = (organization: string, name: string) =>
    gate.run(organization, async () => {
      started.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { gate, started, scan, end };
}

test('so many run at a time, and organizations take turns', async () => {
  const { started, scan, end } = gateOf(2, 3);
  const scans = [
    ...['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => scan('acme', name)),
    ...['b1', 'b2'].map((name) => scan('beta', name)),
  ];
  expect(started).toEqual(['a1', 'a2']);
  for (const name of ['a1', 'a2', 'a3', 'b1', 'a4', 'b2', 'a5']) await end(name);
  expect(started).toEqual(['a1', 'a2', 'a3', 'b1', 'a4', 'b2', 'a5']);
  expect(await Promise.all(scans)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2']);
});

test('an organization of which too many wait is told to come later; others are not', async () => {
  const { started, scan, end } = gateOf(1, 1);
  const scans = [scan('acme', 'a1'), scan('acme', 'a2'), scan('beta', 'b1')];
  await expect(scan('acme', 'a3')).rejects.toMatchObject({ status: 503, retryAfterSeconds: 5 });
  for (const name of ['a1', 'a2', 'b1']) await end(name);
  await Promise.all(scans);
  expect(started).toEqual(['a1', 'a2', 'b1']);
});

test('a scan that fails makes room for the next', async () => {
  const { gate } = gateOf(1, 0);
  for (let round = 0; round < 3; round += 1) {
    await expect(gate.run('acme', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  }
  expect(await gate.run('acme', async () => 'done')).toBe('done');
});
