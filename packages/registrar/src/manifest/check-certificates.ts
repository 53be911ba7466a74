import { X509Certificate } from 'node:crypto';

interface CertificateProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Goes on from the path. */
  readonly message: string;
}

const block = /-----BEGIN ([^-\r\n]*)-----[^-]*-----END \1-----/g;
const begin = /-----BEGIN /g;
const dayMs = 86_400_000;
const soonDays = 30;
const mostCertificates = 100;

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The common name, or all of the subject on one line. */
function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.split('\n').join(', ');
}

function validity(certificate: X509Certificate, now: Date): CertificateProblem[] {
  const from = new Date(certificate.validFrom);
  const to = new Date(certificate.validTo);
  const who = `the certificate of ${JSON.stringify(nameOf(certificate))}`;
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  if (now > to) {
    return [{ severity: 'error', code: 'certificate-expired', message: `holds ${who}, which expired on ${day(to)}` }];
  }
  if (now < from) {
    const message = `holds ${who}, which is not valid before ${day(from)}`;
    return [{ severity: 'error', code: 'certificate-not-yet-valid', message }];
  }
  if (to.getTime() - now.getTime() >= soonDays * dayMs) return [];
  const message = `holds ${who}, which expires on ${day(to)}: renew it within ${soonDays} days`;
  return [{ severity: 'warning', code: 'certificate-expires', message }];
}

/** What is wrong with the certificates of a PEM text (RFC 7468), of which a chain has several. */
export function certificateProblems(pem: string, now: Date): readonly CertificateProblem[] {
  const error = (message: string): CertificateProblem[] => [
    { severity: 'error', code: 'certificate-invalid', message },
  ];
  const blocks = [...pem.matchAll(block)];
  const begins = pem.match(begin)?.length ?? 0;
  if (begins === 0) return error('holds no PEM certificate (-----BEGIN CERTIFICATE----- ...)');
  if (pem.includes('\\n'))
    return error('holds \\n instead of line breaks: write the text under a | in YAML, or file:path');
  if (blocks.length !== begins) return error('holds a PEM block without its end, or with something else inside');
  if (blocks.length > mostCertificates) return error(`holds more than ${mostCertificates} certificates`);
  return blocks.flatMap(([text, label], index): CertificateProblem[] => {
    const which = blocks.length === 1 ? '' : ` (block ${index + 1})`;
    if (label !== 'CERTIFICATE') return error(`holds a PEM block that is no certificate${which}`);
    const certificate = parse(text);
    return certificate === undefined
      ? error(`holds a certificate that cannot be read${which}`)
      : validity(certificate, now);
  });
}
