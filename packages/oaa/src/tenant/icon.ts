import { InputError } from '../errors/index.ts';
import { base64Length } from './base64.ts';

/** The largest icon in bytes: 64,000 after base64 (reference 2.3). */
export const maximumIconBytes = 48_000;
const maximumBase64Bytes = base64Length(maximumIconBytes);
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const svgStart = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*(?:<!doctype[^>]*>\s*)?<svg[\s>]/i;

function isPng(icon: Uint8Array): boolean {
  return pngSignature.every((byte, index) => icon[index] === byte);
}

/**
 * An icon as the tenant takes it.
 *
 * @throws InputError when it is neither PNG nor SVG, or longer than `maximumIconBytes`
 */
export function encodeIcon(icon: Uint8Array): string {
  const bytes = Buffer.from(icon.buffer, icon.byteOffset, icon.byteLength);
  if (!isPng(icon) && !svgStart.test(bytes.toString('utf8', 0, 4_096))) {
    throw new InputError('input-invalid', 'The icon is neither a PNG nor an SVG image.', {
      hint: 'Convert it to PNG or SVG.',
    });
  }
  const encodedBytes = base64Length(icon.length);
  if (encodedBytes > maximumBase64Bytes) {
    throw new InputError(
      'input-invalid',
      `The icon has ${encodedBytes} bytes after base64 and may have at most ${maximumBase64Bytes}.`,
      { hint: 'Make the image smaller: 48,000 bytes are the most.' },
    );
  }
  return bytes.toString('base64');
}
