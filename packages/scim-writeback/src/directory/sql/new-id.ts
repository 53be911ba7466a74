import { randomBytes } from 'node:crypto';

/**
 * A UUID of version 7 (RFC 9562 s5.7): 48 bits of time in front of 74 random ones. Ids of resources made one after the
 * other are neighbours in every index, so that making one costs the same in a large directory as in a small one.
 */
export function newUuid(epochMs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(epochMs, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
