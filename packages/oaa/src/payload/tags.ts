import { exceedsBytes, limits } from './limits.ts';

export interface WireTag {
  readonly key: string;
  readonly value: string;
}

// Unicode letters and digits, as the tenant's own SDK takes them (reference 1.0.3, doubt 1).
const keyPattern = /^[\p{L}\p{N}_]+$/u;
const valuePattern = /^[\p{L}\p{N}\s_,@.-]*$/u;

/** What is wrong with a tag, or undefined. */
export function tagProblem(tag: WireTag): string | undefined {
  if (!keyPattern.test(tag.key)) return `Tag key ${JSON.stringify(tag.key)} may hold only letters, digits and "_"`;
  if (!valuePattern.test(tag.value)) {
    return `Tag value ${JSON.stringify(tag.value)} may hold only letters, digits, white space and "_ , @ . -"`;
  }
  if (exceedsBytes(tag.key, limits.tagKeyBytes)) return `Tag key is longer than ${limits.tagKeyBytes} bytes`;
  if (exceedsBytes(tag.value, limits.tagValueBytes)) return `Tag value is longer than ${limits.tagValueBytes} bytes`;
  return undefined;
}
