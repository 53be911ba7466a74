import { holdsPrivateKey, isSecretKey, isSecretNumberKey } from '@oaa-kit/oaa';
import { type DocumentPath, isSecretReference, type PositionedDocument } from '@oaa-kit/oaa/settings';
import type { Report } from '../manifest-problems.ts';

const deepest = 32;
/** Ids of secrets in a vault of the tenant, which are no secrets, although their keys look so. */
const vaultReferences = 'secret_references';

/** Whether what is looked at is a secret by its key, or never one whatever keys are in it. */
type Secrecy = 'secret' | 'open' | 'never';
const credentialsInUrl = /:\/\/[^/\s@]+@/;
const howToWrite = 'write env:NAME, file:path or cmd:program argument';

function checkText(text: string, path: DocumentPath, secrecy: Secrecy, report: Report): void {
  const isSecret = secrecy === 'secret';
  if (holdsPrivateKey(text))
    report.error('secret-literal', path, 'holds a private key (not shown), which goes nowhere');
  else if (isSecret && text === '') report.error('secret-literal', path, `is a secret and empty: ${howToWrite}`);
  else if (isSecret && !isSecretReference(text)) {
    report.error(
      'secret-literal',
      path,
      `is a secret, which does not belong into this file (not shown): ${howToWrite}`,
    );
  } else if (isSecret && /^\w+:\s*$/.test(text)) {
    report.error('secret-literal', path, `is a reference that points nowhere: ${howToWrite}`);
  } else if (credentialsInUrl.test(text)) {
    report.error('secret-literal', path, 'holds a user name or password inside a URL (not shown): take it out');
  }
}

/** Numbers in a list are of the key of the list. */
function isSecretNumber(path: DocumentPath): boolean {
  const key = path.findLast((segment) => typeof segment === 'string');
  return key !== undefined && isSecretNumberKey(key);
}

function checkNumber(value: number, path: DocumentPath, secrecy: Secrecy, report: Report): void {
  if (secrecy !== 'never' && isSecretNumber(path)) {
    report.error(
      'secret-literal',
      path,
      `is a secret, which does not belong into this file (not shown): ${howToWrite}`,
    );
  }
  if (!Number.isFinite(value)) report.error('not-json', path, 'is no number that JSON knows');
  else if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    report.error('not-json', path, 'is too large to be kept exactly: put it in quotes');
  }
}

/** Below the name of an environment nothing is a secret because of that name. */
function isEnvironmentName(path: DocumentPath): boolean {
  return path.length === 2 && path[0] === 'environments';
}

function secrecyOf(key: string, path: DocumentPath, around: Secrecy): Secrecy {
  if (around === 'never' || key === vaultReferences) return 'never';
  if (around === 'open' && isEnvironmentName(path)) return 'open';
  return isSecretKey(key) ? 'secret' : around;
}

function visitObject(value: object, path: DocumentPath, secrecy: Secrecy, report: Report): void {
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, key];
    if (key === '__proto__') report.error('unknown-key', at, 'is a key that nothing may have');
    else visit(item, at, secrecyOf(key, at, secrecy), report);
  }
}

function visit(value: unknown, path: DocumentPath, secrecy: Secrecy, report: Report): void {
  if (path.length > deepest) report.error('nested-too-deeply', path, `is nested deeper than ${deepest} levels`);
  else if (typeof value === 'string') checkText(value, path, secrecy, report);
  else if (typeof value === 'number') checkNumber(value, path, secrecy, report);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, [...path, index], secrecy, report);
  } else if (typeof value === 'object' && value !== null) visitObject(value, path, secrecy, report);
}

/**
 * What is refused anywhere in a document, whatever its shape, and in every environment: secrets that are no references,
 * also in URLs and PEM texts, keys that reach into prototypes, values that JSON has no form for, depth.
 */
export function checkDocument(document: PositionedDocument, report: Report): void {
  visit(document.value, [], 'open', report);
}
