import { InputError } from '@oaa-kit/oaa';

/**
 * How the text of a file stands in its bytes. Between both are units: a string in which each character stands for a byte,
 * or for two in UTF-16. Bytes become units and units bytes without loss whatever they are, so that what nobody changes
 * stays as it is; only cells that are read or written become text.
 */
export interface TextCodec {
  readonly unitBytes: 1 | 2;
  units(bytes: Buffer): string;
  bytes(units: string): Buffer;
  /** @throws TypeError for units that are no text of the encoding */
  text(units: string): string;
  /** Undefined for a text that the encoding cannot say. */
  encode(text: string): string | undefined;
}

const encoding16 = { unitBytes: 2, text: (units: string) => units } as const;
const wellFormed = (text: string): string | undefined => (text.isWellFormed() ? text : undefined);

const utf16le: TextCodec = {
  ...encoding16,
  units: (bytes) => bytes.toString('utf16le'),
  bytes: (units) => Buffer.from(units, 'utf16le'),
  encode: wellFormed,
};

const utf16be: TextCodec = {
  ...encoding16,
  units: (bytes) => Buffer.from(bytes).swap16().toString('utf16le'),
  bytes: (units) => Buffer.from(units, 'utf16le').swap16(),
  encode: wellFormed,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, which is the same in bytes and in text
const ascii = /^[\x00-\x7f]*$/;

const bytesAsUnits = {
  unitBytes: 1,
  units: (bytes: Buffer) => bytes.toString('latin1'),
  bytes: (units: string) => Buffer.from(units, 'latin1'),
} as const;

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const utf8: TextCodec = {
  ...bytesAsUnits,
  text: (units) => (ascii.test(units) ? units : utf8Decoder.decode(Buffer.from(units, 'latin1'))),
  encode: (text) => (text.isWellFormed() ? Buffer.from(text, 'utf8').toString('latin1') : undefined),
};

/** Encodings in which a delimiter may be the second byte of a character. */
const multiByte = new Set(['gbk', 'gb18030', 'big5', 'euc-jp', 'iso-2022-jp', 'shift_jis', 'euc-kr', 'replacement']);

function singleByte(encoding: string): TextCodec {
  const decoder = new TextDecoder(encoding);
  const characters = Array.from({ length: 256 }, (_, byte) => decoder.decode(Uint8Array.of(byte)));
  const units = new Map(
    characters.map((character, byte) => [character, String.fromCharCode(byte)] as const).filter(isCharacter),
  );
  return {
    ...bytesAsUnits,
    text: (text) => Array.from(text, (unit) => known(characters[unit.charCodeAt(0)], encoding)).join(''),
    encode: (text) => {
      const encoded = Array.from(text, (character) => units.get(character));
      return encoded.includes(undefined) ? undefined : encoded.join('');
    },
  };
}

const isCharacter = ([character]: readonly [string, string]): boolean => character !== '\uFFFD';

function known(character: string | undefined, encoding: string): string {
  if (character === undefined || character === '\uFFFD') throw new TypeError(`The text is not ${encoding}.`);
  return character;
}

/**
 * @param encoding a WHATWG name
 * @throws InputError for an encoding that is not known, or in which cells cannot be found by their bytes
 */
export function textCodec(encoding: string, file: string): TextCodec {
  const name = canonicalName(encoding);
  if (name === undefined || multiByte.has(name)) {
    throw new InputError('input-invalid', `Nothing can be written into ${file}, whose encoding is ${encoding}.`, {
      hint: 'Write-back knows utf-8, utf-16le, utf-16be, and encodings of one byte for each character.',
    });
  }
  if (name === 'utf-8') return utf8;
  if (name === 'utf-16le') return utf16le;
  return name === 'utf-16be' ? utf16be : singleByte(name);
}

function canonicalName(encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding).encoding;
  } catch {
    return undefined;
  }
}
