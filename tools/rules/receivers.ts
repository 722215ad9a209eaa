import ts from 'typescript';

/** What the names of types stand for in all sources together. */
export class KnownTypes {
  /** Classes that inherit from nothing: what is asked of one is in it. */
  readonly #whole = new Set<string>();
  readonly #others = new Set<string>();

  constructor(sources: readonly { readonly code: string }[]) {
    for (const { code } of sources) {
      for (const [, name = '', more] of code.matchAll(/\bclass (\w+)(?:<[^{]*?>)?( extends\b)?/g)) {
        (more ? this.#others : this.#whole).add(name);
      }
      for (const [, name = ''] of code.matchAll(/\b(?:type|interface) (\w+)/g)) this.#others.add(name);
    }
  }

  isWhole(name: string): boolean {
    return this.#whole.has(name) && !this.#others.has(name) && !BUILT_IN.has(name);
  }
}

const BUILT_IN: ReadonlySet<string> = new Set([
  ...['Array', 'Buffer', 'Date', 'Headers', 'Map', 'Promise', 'ReadonlyArray', 'ReadonlyMap', 'ReadonlySet', 'RegExp'],
  ...['Set', 'URL', 'URLSearchParams', 'Uint8Array', 'WeakMap', 'WeakSet'],
]);

/**
 * What a member is asked of, as far as the text around says it: the name of a class of ours, `built-in` for what the language
 * brings, undefined where it cannot be told.
 */
export function receiverOf(expression: ts.Expression, types: KnownTypes): string | undefined {
  const name = typeName(expression);
  if (name === undefined) return undefined;
  if (BUILT_IN.has(name)) return 'built-in';
  return types.isWhole(name) ? name : undefined;
}

function typeName(expression: ts.Expression): string | undefined {
  if (ts.isParenthesizedExpression(expression) || ts.isNonNullExpression(expression)) {
    return typeName(expression.expression);
  }
  if (expression.kind === ts.SyntaxKind.ThisKeyword) return classAround(expression)?.name?.text;
  if (ts.isNewExpression(expression)) return created(expression);
  if (ts.isPropertyAccessExpression(expression)) {
    if (expression.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
    return fieldType(classAround(expression), expression.name.text);
  }
  return ts.isIdentifier(expression) ? variableType(expression) : undefined;
}

/** The class whose `this` it is; undefined inside a function that has one of its own. */
function classAround(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassLike(at)) return at;
    if (ts.isFunctionExpression(at) || ts.isFunctionDeclaration(at) || ts.isObjectLiteralExpression(at))
      return undefined;
  }
  return undefined;
}

function fieldType(owner: ts.ClassLikeDeclaration | undefined, name: string): string | undefined {
  for (const member of owner?.members ?? []) {
    if (ts.isPropertyDeclaration(member) && member.name.getText() === name) return declared(member);
    if (!ts.isConstructorDeclaration(member)) continue;
    const property = member.parameters.find((one) => (one.modifiers ?? []).length > 0 && one.name.getText() === name);
    if (property) return declared(property);
  }
  return undefined;
}

type Local = ts.VariableDeclaration | ts.ParameterDeclaration;

/** The nearest declaration of that name; undefined for one that takes something apart. */
function variableType(identifier: ts.Identifier): string | undefined {
  for (let at: ts.Node = identifier.parent; ; at = at.parent) {
    const found = declarationsIn(at).filter(({ name }) => namesIn(name).includes(identifier.text));
    const [first] = found;
    if (first) return found.length === 1 && ts.isIdentifier(first.name) ? declared(first) : undefined;
    // A class by its name: what is static in it. An import under another name is none that is known.
    if (ts.isSourceFile(at)) return identifier.text;
  }
}

function declarationsIn(at: ts.Node): readonly Local[] {
  if (ts.isFunctionLike(at)) return at.parameters as unknown as readonly ts.ParameterDeclaration[];
  if (ts.isCatchClause(at)) return at.variableDeclaration ? [at.variableDeclaration] : [];
  if (ts.isForStatement(at) || ts.isForOfStatement(at) || ts.isForInStatement(at)) {
    return at.initializer && ts.isVariableDeclarationList(at.initializer) ? at.initializer.declarations : [];
  }
  if (!ts.isBlock(at) && !ts.isSourceFile(at) && !ts.isCaseClause(at) && !ts.isDefaultClause(at)) return [];
  return at.statements.flatMap((one) => (ts.isVariableStatement(one) ? [...one.declarationList.declarations] : []));
}

const namesIn = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((one) => (ts.isBindingElement(one) ? namesIn(one.name) : []));

function declared({ type, initializer }: Local | ts.PropertyDeclaration): string | undefined {
  if (type) {
    const parts = ts.isUnionTypeNode(type) ? type.types.filter((part) => !isNothing(part)) : [type];
    const [one] = parts;
    if (!one || parts.length > 1) return undefined;
    return typeNamed(one);
  }
  return initializer && ts.isNewExpression(initializer) ? created(initializer) : undefined;
}

const isNothing = (type: ts.TypeNode): boolean =>
  type.kind === ts.SyntaxKind.UndefinedKeyword || type.getText() === 'null';

function typeNamed(type: ts.TypeNode): string | undefined {
  if (ts.isArrayTypeNode(type)) return 'Array';
  if (ts.isTypeOperatorNode(type)) return type.operator === ts.SyntaxKind.ReadonlyKeyword ? 'Array' : undefined;
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : undefined;
}

const created = ({ expression }: ts.NewExpression): string | undefined =>
  ts.isIdentifier(expression) ? expression.text : undefined;
