import type { FileWords } from './write-private-file.ts';

export const stateWords: FileWords = { noun: 'state file', flag: '--state' };
