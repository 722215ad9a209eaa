import ts from 'typescript';

/** A bound in a source, as it is written there. */
export interface WrittenLimit {
  readonly file: string;
  /** What is bounded: a name, a property, or what is compared. */
  readonly what: string;
  readonly value: number;
}

/** What is smaller bounds no file, package or body. */
const LEAST_BYTES = 64 * 1024;
/** Fewer than so many attachments, recipients, pages or characters are an example, or a number of something else. */
const LEAST_COUNT = 10;
const BOUND = /bytes|size|limit|length|max|most|largest|longest/i;
const COUNTED = /attachments|recipients|files|pages/i;
const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
]);

/**
 * Every bound that a source writes in figures: names and properties that get one, comparisons, and `max(…)` of a schema. Figures are
 * worked out, through constants of the same source too (`100 * MIB`); what is read from another module is no figure.
 */
export function writtenLimits(file: string, text: string): readonly WrittenLimit[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const constants = new Map<string, ts.Expression>();
  const visitConstants = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, node.initializer);
    ts.forEachChild(node, visitConstants);
  };
  visitConstants(source);

  const figure = (node: ts.Node | undefined, depth = 0): number | undefined => {
    if (!node || depth > 8) return undefined;
    if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return figure(node.expression, depth + 1);
    if (ts.isIdentifier(node)) return figure(constants.get(node.text), depth + 1);
    if (!ts.isBinaryExpression(node)) return undefined;
    const [left, right] = [figure(node.left, depth + 1), figure(node.right, depth + 1)];
    if (left === undefined || right === undefined) return undefined;
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.AsteriskToken:
        return left * right;
      case ts.SyntaxKind.AsteriskAsteriskToken:
        return left ** right;
      case ts.SyntaxKind.PlusToken:
        return left + right;
      case ts.SyntaxKind.LessThanLessThanToken:
        return left * 2 ** right;
      default:
        return undefined;
    }
  };

  const found: WrittenLimit[] = [];
  const note = (what: string, value: number | undefined): void => {
    if (value === undefined) return;
    const isBytes = value >= LEAST_BYTES && !/ms(?:\.max)?$|milliseconds|seconds|time|age$/i.test(what);
    const isCount = COUNTED.test(what) && value >= LEAST_COUNT;
    if (isBytes || isCount) found.push({ file, what, value });
  };
  const visit = (node: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(node) ||
        ts.isPropertyAssignment(node) ||
        ts.isParameter(node) ||
        ts.isBindingElement(node)) &&
      node.initializer
    ) {
      const name = node.name.getText(source);
      if (BOUND.test(name) || COUNTED.test(name)) note(name, figure(node.initializer));
    } else if (ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)) {
      for (const [side, other] of [
        [node.left, node.right],
        [node.right, node.left],
      ] as const)
        if (!ts.isIdentifier(side)) note(other.getText(source), figure(side));
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (['max', 'lte', 'lt'].includes(node.expression.name.text) && node.arguments.length === 1)
        note(`${propertyOf(node, source)}.max`, figure(node.arguments[0]));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The property that a schema stands under. */
function propertyOf(node: ts.Node, source: ts.SourceFile): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent)
    if (ts.isPropertyAssignment(at) || ts.isVariableDeclaration(at)) return at.name.getText(source);
  return '';
}
