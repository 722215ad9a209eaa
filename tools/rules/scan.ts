import ts from 'typescript';

const DECLARES_TEST = /^(?:x|f)?(?:describe|it|test)(?:$|[A-Z])/;
const SWITCHED_OFF = /^(?:xdescribe|xit|xtest)$/;

/**
 * The texts after `@source` in the comments of a source file.
 *
 * @param counts whether what stands at a position carries rules: code that no program reaches does not
 */
export function sourceTags(code: string, counts: (position: number) => boolean = () => true): string[] {
  return [...code.matchAll(/@source[ \t]+([^\n]*)/g)]
    .filter(({ index }) => counts(index))
    .map((match) => (match[1] ?? '').replace(/\*\/.*$/, '').trim());
}

/**
 * Titles of the describe, it and test calls of a file, those switched off left out. A title made of table rows
 * (`it.each`) is followed by the texts of the rows.
 */
export function testTitles(code: string, fileName = 'file.spec.ts'): string[] {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = calleeOf(node);
      const [title] = node.arguments;
      if (callee && title && isText(title)) {
        if (callee.isOff) return;
        const text = textOf(title);
        const rows = /%[a-z#$]|\$[a-z#]/i.test(text) ? callee.tables.flatMap((table) => tableTexts(table, file)) : [];
        titles.push([text, ...rows].join(' '));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return titles;
}

interface TestCallee {
  isOff: boolean;
  /** Rows given to `each`. */
  tables: ts.Node[];
}

/** Reads `it`, `it.only`, `it.each(rows)`, `describe.each`…``, `testIf(condition)`, or nothing for other calls. */
function calleeOf(call: ts.CallExpression): TestCallee | undefined {
  const tables: ts.Node[] = [];
  let isOff = false;
  let at: ts.Node = call.expression;
  for (;;) {
    if (ts.isCallExpression(at)) {
      tables.push(...at.arguments);
      at = at.expression;
    } else if (ts.isTaggedTemplateExpression(at)) {
      tables.push(at.template);
      at = at.tag;
    } else if (ts.isPropertyAccessExpression(at)) {
      if (at.name.text === 'skip' || at.name.text === 'todo') isOff = true;
      at = at.expression;
    } else break;
  }
  if (!ts.isIdentifier(at) || !DECLARES_TEST.test(at.text)) return undefined;
  return { isOff: isOff || SWITCHED_OFF.test(at.text), tables };
}

const isText = (node: ts.Node): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return '';
  // a word that touches an unknown part is unknown too: `CID-1${n}` is not CID-1
  const before = (text: string): string => text.replace(/[\p{L}\p{N}.…–-]+$/u, '');
  const after = (text: string): string => text.replace(/^[\p{L}\p{N}.…–-]+/u, '');
  const spans = node.templateSpans.map(({ literal }) => literal.text);
  return [
    before(node.head.text),
    ...spans.map((text, index) => (index < spans.length - 1 ? before(after(text)) : after(text))),
  ].join(' ');
}

/** All texts in a table of rows; a table that is a constant of the file is looked up. */
function tableTexts(table: ts.Node, file: ts.SourceFile): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isText(node)) texts.push(textOf(node));
    ts.forEachChild(node, visit);
  };
  const root = ts.isIdentifier(table) ? constantOf(table.text, file) : table;
  if (root) visit(root);
  return texts;
}

function constantOf(name: string, file: ts.SourceFile): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name) {
      found ??= node.initializer;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
