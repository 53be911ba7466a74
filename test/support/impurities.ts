import ts from 'typescript';

/** A place in which code reads or does what its arguments do not determine. */
export interface Impurity {
  /** Counted from 1. */
  readonly line: number;
  /** The expression, for example `Date.now`. */
  readonly what: string;
}

/** Globals that no pure code touches, in any way. */
const effects: ReadonlySet<string> = new Set([
  'console',
  'crypto',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

/** Members of otherwise harmless globals. */
const members: ReadonlySet<string> = new Set(['Date.now', 'Math.random']);

/**
 * Finds clock, randomness, timers, process and network in TypeScript source. Goes by names: a global that the file
 * itself declares again is not reported, nor is a property or a type of that name.
 */
export function findImpurities(code: string): Impurity[] {
  const file = ts.createSourceFile('source.ts', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const declared = declaredNames(file);
  const found: Impurity[] = [];
  const report = (node: ts.Node, what: string) => {
    found.push({ line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1, what });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (isReading(node)) {
      const { text, parent } = node;
      if (effects.has(text) && !declared.has(text)) report(node, text);
      const member = memberOf(node);
      if (member !== undefined && members.has(`${text}.${member}`)) report(node, `${text}.${member}`);
      if (text === 'Date' && ts.isNewExpression(parent) && (parent.arguments?.length ?? 0) === 0) {
        report(node, 'new Date()');
      }
      if (text === 'Date' && ts.isCallExpression(parent) && parent.expression === node) report(node, 'Date()');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The property that is read of `node`: `now` of `Date.now` and `Date['now']`, and of `const { now } = Date`. */
function memberOf(node: ts.Identifier): string | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return parent.name.text;
  if (ts.isElementAccessExpression(parent) && parent.expression === node) {
    return ts.isStringLiteralLike(parent.argumentExpression) ? parent.argumentExpression.text : undefined;
  }
  if (!ts.isVariableDeclaration(parent) || !ts.isObjectBindingPattern(parent.name)) return undefined;
  const names = parent.name.elements.map((element) => (element.propertyName ?? element.name).getText());
  return names.find((name) => members.has(`${node.text}.${name}`));
}

/** Whether an identifier stands for a value, not for the name of a property, a declaration or a label. */
function isReading(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  return !('name' in parent && parent.name === node);
}

function declaredNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node);
    if (declares && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
