import type { Command } from './command.ts';
import { globalOptionLength } from './global-options.ts';

/** Where the words of a call lead. */
export interface FoundCommand {
  /** The words that name a command or the start of one. */
  readonly words: readonly string[];
  /** Set when the words name a command completely. */
  readonly command: Command | undefined;
  /** Commands that begin with `words`. */
  readonly candidates: readonly Command[];
  /** The word after `words` that leads nowhere. */
  readonly unknownWord: string | undefined;
  /** An option that stands before the command is complete. */
  readonly strayOption: string | undefined;
  /** The call without the words: options and positional arguments. */
  readonly rest: readonly string[];
}

/** The words of a call before its first option that is not global: `['provider', 'list']`, and where each stands. */
function* leadingWords(argv: readonly string[]): Generator<{ word: string; index: number }, string | undefined> {
  for (let index = 0; index < argv.length; ) {
    const token = argv[index] ?? '';
    const length = globalOptionLength(argv, index);
    if (length > 0) index += length;
    else if (token === '--') return undefined;
    else if (token.startsWith('-') && token !== '-') return token.split('=', 1)[0];
    else {
      yield { word: token, index };
      index += 1;
    }
  }
  return undefined;
}

/** The first word of a call: what decides which pack is needed. */
export function firstWord(argv: readonly string[]): string | undefined {
  const first = leadingWords(argv).next();
  return first.done === true ? undefined : first.value.word;
}

/** Follows the words of a call as far as they lead. */
export function findCommand(argv: readonly string[], commands: readonly Command[]): FoundCommand {
  const words: string[] = [];
  const used = new Set<number>();
  let candidates = commands;
  let command: Command | undefined;
  let unknownWord: string | undefined;
  let strayOption: string | undefined;
  const steps = leadingWords(argv);
  for (let step = steps.next(); command === undefined; step = steps.next()) {
    if (step.done === true) {
      strayOption = step.value;
      break;
    }
    const { word, index } = step.value;
    const matching = candidates.filter((candidate) => candidate.path[words.length] === word);
    if (matching.length === 0) {
      unknownWord = word;
      break;
    }
    candidates = matching;
    words.push(word);
    used.add(index);
    command = matching.find((candidate) => candidate.path.length === words.length);
  }
  const rest = argv.filter((_, index) => !used.has(index));
  return { words, command, candidates, unknownWord, strayOption, rest };
}
