#!/usr/bin/env node
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';

// As "engines" in package.json. What follows must be readable for older versions too.
const [major, minor] = process.version.slice(1).split('.').map(Number);
const main = new URL('../dist/cli/main.js', import.meta.url);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Error: oaa needs Node.js 22.18 or newer; this is ${process.version}.\nInstall a newer Node.js.\n`,
  );
  process.exitCode = 2;
} else if (!existsSync(main)) {
  process.stderr.write('Error: oaa has not been built yet.\nRun: pnpm run build\n');
  process.exitCode = 2;
} else {
  nodeModule.enableCompileCache();
  await import(main.href);
}
