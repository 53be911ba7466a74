import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Chunks, base64Length } from './base64.ts';
import { escapedChunks, utf8Chunks } from './payload-text.ts';
import { slices } from './slices.ts';

const chunkLists = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });

function joined(chunks: Iterable<Uint8Array>): Buffer {
  return Buffer.concat([...chunks]);
}

/** A streaming payload whose text is cut at every UTF-16 unit. */
function inUnits(text: string) {
  return { jsonChunks: () => text.split('') };
}

describe('base64Chunks', () => {
  test('give the base64 of all bytes, however they are cut, and base64Length its length', () => {
    fc.assert(
      fc.property(chunkLists, (chunks) => {
        const encoded = joined(base64Chunks(chunks)).toString('latin1');
        expect(encoded).toBe(joined(chunks).toString('base64'));
        expect(encoded.length).toBe(base64Length(joined(chunks).length));
      }),
    );
  });

  test('are of at most 64 kB', () => {
    const lengths = [...base64Chunks([new Uint8Array(1_000_000)])].map((chunk) => chunk.length);
    expect(Math.max(...lengths)).toBe(65_536);
  });
});

describe('slices', () => {
  test('are of the wanted size but for the last, and together the whole', () => {
    fc.assert(
      fc.property(chunkLists, fc.integer({ min: 1, max: 64 }), (chunks, sizeBytes) => {
        const list = [...slices(chunks, sizeBytes)].map(joined);
        expect(Buffer.concat(list)).toEqual(joined(chunks));
        expect(list.slice(0, -1).every(({ length }) => length === sizeBytes)).toBe(true);
        expect(list.every(({ length }) => length > 0 && length <= sizeBytes)).toBe(true);
      }),
    );
  });
});

describe('the text of a payload', () => {
  const texts = fc.string({ unit: 'grapheme' }).map((name) => JSON.stringify({ name: `${name}😀` }));

  test('is right UTF-8 even when a chunk ends inside a character', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(joined(utf8Chunks(inUnits(text))).toString('utf8')).toBe(text);
      }),
    );
  });

  test('escaped, it reads back as the same text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(JSON.parse(`"${joined(escapedChunks(inUnits(text))).toString('utf8')}"`)).toBe(text);
      }),
    );
  });
});
