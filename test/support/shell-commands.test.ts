import { describe, expect, test } from 'vitest';
import { parseShellCommands } from './shell-commands.ts';

describe('parseShellCommands', () => {
  test.each([
    ['oaa validate a.json', { kind: 'run', text: 'oaa validate a.json' }],
    ['$ oaa validate a.json', { kind: 'run', text: 'oaa validate a.json' }],
    ['npx oaa --help', { kind: 'run', text: 'oaa --help' }],
    ['npx -y @oaa-kit/oaa --help', { kind: 'run', text: 'oaa --help' }],
    ['pnpm exec oaa --help', { kind: 'run', text: 'oaa --help' }],
    ['NO_COLOR=1 oaa provider list | head -3', { kind: 'run', text: 'NO_COLOR=1 oaa provider list | head -3' }],
    ['oaa sandbox --port 7700 &', { kind: 'serve', text: 'oaa sandbox --port 0' }],
    ['oaa sandbox', { kind: 'serve', text: 'oaa sandbox --port 0' }],
    ['oaa sandbox --help', { kind: 'run', text: 'oaa sandbox --help' }],
    ['npx -y pnpm@12 demo', { kind: 'script', script: 'demo' }],
    ['pnpm run build', { kind: 'script', script: 'build' }],
    ['npm install @oaa-kit/oaa', { kind: 'install', packages: ['@oaa-kit/oaa'] }],
    [
      'pnpm add -D @oaa-kit/oaa @oaa-kit/registrar',
      { kind: 'install', packages: ['@oaa-kit/oaa', '@oaa-kit/registrar'] },
    ],
    ['npx -y pnpm@12 install', { kind: 'install', packages: [] }],
    ['export VEZA_URL=https://example.vezacloud.com', { kind: 'given' }],
    ['VEZA_URL=http://localhost:1 VEZA_API_KEY=x', { kind: 'given' }],
    ['cd examples', { kind: 'run', text: 'cd examples' }],
  ])('%s', (code, command) => {
    expect(parseShellCommands(code)).toEqual([command]);
  });

  test('joins continued lines and leaves out comments and empty lines', () => {
    expect(parseShellCommands('# first\noaa push a.json \\\n  --provider A\n\noaa --help # all\n')).toEqual([
      { kind: 'run', text: 'oaa push a.json --provider A' },
      { kind: 'run', text: 'oaa --help' },
    ]);
  });

  test('keeps a # within a word or quotes', () => {
    expect(parseShellCommands(`oaa push a#b.json --provider "A # B" --data-source 'C # D' # dry\n`)).toEqual([
      { kind: 'run', text: `oaa push a#b.json --provider "A # B" --data-source 'C # D'` },
    ]);
  });

  test('throws for a command that no test can run', () => {
    expect(() => parseShellCommands('curl https://example.com\n')).toThrow('"curl https://example.com"');
  });
});
