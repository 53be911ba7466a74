import { exitCodes } from '../errors/index.ts';
import { runCli } from './run.ts';

const controller = new AbortController();
let received: NodeJS.Signals | undefined;

function stop(signal: NodeJS.Signals): void {
  received = signal;
  controller.abort();
}

// The second signal ends the process at once, as the handlers are gone by then.
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

// Every write has a callback that is told of failures; without a listener the event would end the process as well.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const exitCode = await runCli(process.argv.slice(2), { signal: controller.signal });
process.removeListener('SIGINT', stop);
process.removeListener('SIGTERM', stop);
process.exitCode = exitCode;
// A shell must see that the command died of the signal, unless it had a good end as servers do.
if (received !== undefined && exitCode !== exitCodes.done) process.kill(process.pid, received);
