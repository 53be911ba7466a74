import { InputError } from '@oaa-kit/oaa';
import { expect, test } from 'vitest';
import { textCodec } from './text-codec.ts';

const encodings = ['utf-8', 'utf8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-2', 'koi8-r', 'ibm866'];

test.each(encodings)('any bytes of %s become units and the same bytes again', (encoding) => {
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 7) % 256));
  const codec = textCodec(encoding, 'users.csv');
  expect(codec.bytes(codec.units(bytes))).toEqual(bytes);
});

test.each(encodings)('a text that is written in %s is read as itself', (encoding) => {
  const codec = textCodec(encoding, 'users.csv');
  const decoder = new TextDecoder(encoding);
  for (const text of ['plain', 'Zoë', 'Łódź', 'Жанна', '名', '😀', '\uFEFFx']) {
    const units = codec.encode(text);
    if (units === undefined) continue;
    expect(codec.text(units)).toBe(text);
    expect(decoder.decode(Buffer.concat([codec.bytes('x'), codec.bytes(units)]))).toBe(`x${text}`);
  }
});

test('a text that an encoding cannot say is not written in it', () => {
  expect(textCodec('windows-1252', 'users.csv').encode('Жанна')).toBeUndefined();
  expect(textCodec('utf-8', 'users.csv').encode('\ud800')).toBeUndefined();
  expect(textCodec('windows-1252', 'users.csv').encode('Zoë €')).toBeDefined();
});

test.each(['shift_jis', 'gbk', 'no-such-one'])('nothing is written in %s', (encoding) => {
  expect(() => textCodec(encoding, 'users.csv')).toThrow(InputError);
});
