import packageJson from '../../package.json' with { type: 'json' };

/** `oaa-kit/1.2.3 node/24.1.0 linux`, and what a connector adds. */
export function userAgent(extra: string | undefined): string {
  const own = `oaa-kit/${packageJson.version} node/${process.versions.node} ${process.platform}`;
  const addition = extra?.replace(/[^\x20-\x7e]/g, '').trim() ?? '';
  return addition === '' ? own : `${own} ${addition}`;
}
