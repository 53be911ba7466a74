import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { encodeIcon, maximumIconBytes, OaaError } from '@oaa-kit/oaa';
import { readTextFile } from '@oaa-kit/oaa/settings';
import { certificateProblems } from './check-certificates.ts';
import type { DeclaredIcon } from './declared-provider.ts';
import type { Part } from './rules/part.ts';
import { source } from './rules/part.ts';

const maximumCertificateBytes = 256_000;
const filePrefix = 'file:';

/** The certificates of the configuration as PEM text, from the file where one is named; undefined without any. */
export async function readCertificates({ manifest, report, folder, now }: Part): Promise<string | undefined> {
  const given = manifest.configuration?.ca_certificate;
  if (given === undefined || manifest.external_lifecycle_management_type !== 'SCIM') return given;
  const path = ['configuration', 'ca_certificate'];
  const rule = `${source.configuration}: ca_certificate`;
  if (/^(?:env|cmd):/.test(given)) {
    report.error('certificate-invalid', path, `is PEM text or file:path, no other reference (${rule})`);
    return undefined;
  }
  let pem: string | undefined = given;
  if (given.startsWith(filePrefix)) {
    const file = resolve(folder, given.slice(filePrefix.length).trim());
    try {
      pem = await readTextFile(file, maximumCertificateBytes);
    } catch (error) {
      if (!(error instanceof OaaError)) throw error;
      report.error('file-unreadable', path, `names a file that is not usable. ${error.message}`);
      return undefined;
    }
    if (pem === undefined) report.error('file-unreadable', path, `names ${file}, which does not exist`);
  }
  if (pem === undefined) return undefined;
  for (const { severity, code, message } of certificateProblems(pem, now)) {
    report[severity](code, path, severity === 'error' ? `${message} (${rule})` : message);
  }
  return pem;
}

/** The icon, checked to be one that the tenant takes (reference 2.3). */
export async function readIcon({ manifest, report, folder }: Part): Promise<DeclaredIcon | undefined> {
  if (manifest.icon === undefined) return undefined;
  const file = resolve(folder, manifest.icon);
  try {
    const { size } = await stat(file);
    if (size > maximumIconBytes) {
      report.error(
        'icon-invalid',
        ['icon'],
        `names a file of ${size.toLocaleString('en-US')} bytes; ${maximumIconBytes.toLocaleString('en-US')} are the most`,
      );
      return undefined;
    }
    const bytes = await readFile(file);
    encodeIcon(bytes);
    return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof OaaError) {
      report.error(
        'icon-invalid',
        ['icon'],
        `cannot be used. ${message}${error.hint === undefined ? '' : ` ${error.hint}`}`,
      );
    } else if (code === undefined) throw error;
    else
      report.error(
        'file-unreadable',
        ['icon'],
        `names ${file}, which ${code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`}`,
      );
    return undefined;
  }
}
