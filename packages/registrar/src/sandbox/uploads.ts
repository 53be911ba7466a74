import { invalidArgument } from './refusals.ts';

/** Parts are numbered from 1 to this (reference 1.8). */
export const maximumParts = 99;

/** Uploads that were begun and never completed; the oldest make room. */
const maximumOpenUploads = 100;

interface Upload {
  readonly dataSourceId: string;
  readonly parts: Map<number, Buffer>;
  bytes: number;
}

/** Payloads that are arriving in parts. They are kept in memory and do not survive a restart. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #maximumBytes: number;

  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes;
  }

  begin(uploadId: string, dataSourceId: string): void {
    const [oldest] = this.#uploads.keys();
    if (this.#uploads.size >= maximumOpenUploads && oldest !== undefined) this.#uploads.delete(oldest);
    this.#uploads.set(uploadId, { dataSourceId, parts: new Map(), bytes: 0 });
  }

  /**
   * Takes one part. The same part once more is fine, so that a client may repeat a request that was cut.
   * @throws ApiError 400.
   */
  add(uploadId: string, dataSourceId: string, sequence: number, data: Buffer): void {
    const upload = this.#open(uploadId, dataSourceId);
    const former = upload.parts.get(sequence);
    if (former !== undefined) {
      if (former.equals(data)) return;
      throw invalidArgument('sequence_number', `Part was uploaded before with other content (${sequence})`);
    }
    if (upload.bytes + data.length > this.#maximumBytes) {
      throw invalidArgument('data', `Parts together are larger than ${this.#maximumBytes} bytes`);
    }
    upload.parts.set(sequence, data);
    upload.bytes += data.length;
  }

  /**
   * Joins the parts, whatever the order in which they came. The upload stays open until `end`.
   * @throws ApiError 400 when parts are missing.
   */
  join(uploadId: string, dataSourceId: string, count: number): Buffer {
    const { parts } = this.#open(uploadId, dataSourceId);
    const numbers = [...parts.keys()].toSorted((left, right) => left - right);
    const last = numbers.at(-1) ?? 0;
    const missing = Array.from({ length: last }, (_, index) => index + 1).filter((number) => !parts.has(number));
    if (missing.length > 0) {
      throw invalidArgument('sequence_number', `Parts are missing between the uploaded ones (${missing.join(', ')})`);
    }
    if (numbers.length !== count) {
      throw invalidArgument(
        'sequence_count',
        `Number of uploaded parts differs (sent: ${count}, uploaded: ${numbers.length})`,
      );
    }
    return Buffer.concat(numbers.map((number) => parts.get(number) as Buffer));
  }

  end(uploadId: string): void {
    this.#uploads.delete(uploadId);
  }

  clear(): void {
    this.#uploads.clear();
  }

  #open(uploadId: string, dataSourceId: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload === undefined || upload.dataSourceId !== dataSourceId) {
      throw invalidArgument('upload_id', `Unknown upload of this data source (${uploadId})`);
    }
    return upload;
  }
}
