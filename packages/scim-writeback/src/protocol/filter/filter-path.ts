import { type AttributePath, splitAttributePath } from '../schemas/attribute-path.ts';

/**
 * The attribute path that a word spells, or undefined where it is none. RFC 7644 s3.10: an optional URN, a name, an
 * optional sub-attribute; names are letters, digits, `-` and `_`, begin with a letter, or are `$ref`. So `__proto__` is no
 * name to begin with.
 */
export function readAttributePath(word: string): AttributePath | undefined {
  const path = splitAttributePath(word);
  const named = isAttributeName(path.name) && (path.sub === undefined || isAttributeName(path.sub));
  return named && (path.urn === undefined || isUrn(path.urn)) ? path : undefined;
}

/** Whether a text has the form of an attribute's name. RFC 7643 s2.1. */
export function isAttributeName(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (index === 0 ? !isLetter(code) && code !== 0x24 : !isLetter(code) && !isDigitOrMark(code)) return false;
  }
  return text !== '' && text !== '$';
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function isDigitOrMark(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f;
}

/** Any printable ASCII: which URNs there are is for the schema to say. */
function isUrn(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code >= 0x7f) return false;
  }
  return text !== '';
}
