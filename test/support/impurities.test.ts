import { describe, expect, test } from 'vitest';
import { findImpurities } from './impurities.ts';

describe('findImpurities reports', () => {
  test.each([
    ['const at = Date.now();', 'Date.now'],
    [`const at = Date['now']();`, 'Date.now'],
    ['const { now } = Date;', 'Date.now'],
    ['const at = new Date();', 'new Date()'],
    ['const at = new Date;', 'new Date()'],
    ['const at = Date();', 'Date()'],
    ['const dice = Math.random();', 'Math.random'],
    ['const roll = Math.random;', 'Math.random'],
    ['const id = crypto.randomUUID();', 'crypto'],
    ['const home = process.env.HOME;', 'process'],
    ['function f(env = process.env) {}', 'process'],
    ['const started = performance.now();', 'performance'],
    ['setTimeout(() => {}, 10);', 'setTimeout'],
    ['const sleep = { setTimeout };', 'setTimeout'],
    ['setInterval(f, 10);', 'setInterval'],
    ['setImmediate(f);', 'setImmediate'],
    ['const answer = fetch(url);', 'fetch'],
    ['console.log(1);', 'console'],
    ['globalThis.x = 1;', 'globalThis'],
    [`const fs = require('fs');`, 'require'],
  ])('%s', (code, what) => {
    expect(findImpurities(code)).toEqual([{ line: 1, what }]);
  });

  test('the line of each', () => {
    expect(findImpurities('const a = 1;\n\nconst b = Math.random();\nconst c = Date.now();\n')).toEqual([
      { line: 3, what: 'Math.random' },
      { line: 4, what: 'Date.now' },
    ]);
  });
});

describe('findImpurities lets pass', () => {
  test.each([
    'const at = new Date(0);',
    'const at = new Date(text);',
    'const at = Date.parse(text);',
    'const top = Math.max(1, 2);',
    'const answer = request.process;',
    'const answer = { process: 1, crypto() {} };',
    'function run(process: Step) { return process; }',
    'const { fetch } = client; fetch();',
    `import { performance } from './performance.ts'; performance();`,
    'type Clock = typeof Date.now; interface Process { crypto: Crypto }',
    '// Date.now() is given by the rim\nconst text = "Math.random()";',
  ])('%s', (code) => {
    expect(findImpurities(code)).toEqual([]);
  });
});
