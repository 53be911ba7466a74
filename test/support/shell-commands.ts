/** One command of a `sh` block, sorted by what a test does with it. */
export type ShellCommand =
  /** Runs in a shell, with `oaa` on its path. */
  | { readonly kind: 'run'; readonly text: string }
  /** A server: is started on a free port, says where it listens, and is stopped. */
  | { readonly kind: 'serve'; readonly text: string }
  /** Must be a script of a package.json. */
  | { readonly kind: 'script'; readonly script: string }
  /** Must name packages that exist. */
  | { readonly kind: 'install'; readonly packages: readonly string[] }
  /** Sets a variable that the test sets itself. */
  | { readonly kind: 'given' };

/** Tools that a shell block may use beside `oaa`; all are there on every system. */
const tools: ReadonlySet<string> = new Set([
  'cat',
  'cd',
  'cp',
  'echo',
  'export',
  'head',
  'ls',
  'mkdir',
  'mv',
  'rm',
  'tail',
  'wc',
]);
const givenVariables = /^(?:export )?VEZA_(?:URL|API_KEY)=\S*(?: VEZA_(?:URL|API_KEY)=\S*)*$/;

/** A `#` behind a blank and outside of quotes, and all that follows; what comes before is kept. */
const comment = /^((?:[^'"#]|"[^"]*"|'[^']*'|(?<=\S)#)*)(?:(?<=^|\s)#.*)$/;

/** Splits a `sh` block into commands. Throws for a command that a test cannot run. */
export function parseShellCommands(code: string): ShellCommand[] {
  const joined = code.replaceAll(/\\\n\s*/g, '');
  const commands: ShellCommand[] = [];
  for (const line of joined.split('\n')) {
    const text = line
      .replace(/^\s*\$ /, '')
      .replace(comment, '$1')
      .trim();
    if (text !== '') commands.push(classify(text));
  }
  return commands;
}

function classify(text: string): ShellCommand {
  if (givenVariables.test(text)) return { kind: 'given' };
  const [, script] = /^(?:npx -y pnpm@12|pnpm)(?: run)? (\S+)$/.exec(text) ?? [];
  if (script !== undefined && script !== 'install') return { kind: 'script', script };
  const [, packages] =
    /^(?:npm (?:install|i)|(?:npx -y )?pnpm(?:@12)? (?:add|install)|yarn add)((?:\s+\S+)*)$/.exec(text) ?? [];
  if (packages !== undefined) {
    return { kind: 'install', packages: packages.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-')) };
  }
  const command = text.replace(/^(?:npx(?: -y)?|pnpm(?: exec)?) (?:oaa|@oaa-kit\/oaa)(?= |$)/, 'oaa');
  const withoutVariables = command.replace(/^(?:[A-Za-z_]\w*=\S*\s+)+/, '');
  if (/^oaa (?:sandbox|scim serve)(?= |$)/.test(withoutVariables)) {
    if (/\s--help\b/.test(command)) return { kind: 'run', text: command };
    const anyPort = command.replace(/\s*&$/, '').replace(/--port[ =]\d+/, '--port 0');
    return { kind: 'serve', text: anyPort.includes('--port') ? anyPort : `${anyPort} --port 0` };
  }
  const [word = ''] = withoutVariables.split(/\s/);
  if (word === 'oaa' || tools.has(word)) return { kind: 'run', text: command };
  throw new Error(`No test knows how to run "${text}": use oaa, or mark the block with no-run="why".`);
}
