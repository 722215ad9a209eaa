/**
 * Which declarations the programs reach. Every top-level declaration and every method is a node; it reaches what its text
 * names: declarations of its file, imports followed through re-exports, methods by the class they are asked of where the text says it
 * (`receivers.ts`), else by their name. That errs to the side of "reached" (then a method counts when any reached code names one like
 * it), never to the other.
 */
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { KnownTypes, receiverOf } from './receivers.ts';

export interface Source {
  /** Relative to the root of the repository, with `/`. */
  readonly file: string;
  readonly code: string;
}

/** A declaration or method with the range of text that is its own, comments before it included. */
export interface CodeNode {
  readonly file: string;
  /** `name`, `Class.method`, or empty for the statements of a file that run when it is loaded. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly lines: number;
}

interface Node extends CodeNode {
  /** Declarations that its text refers to. */
  readonly names: ReadonlySet<string>;
  /** What it asks of objects: `x.word`, `x['word']`, `{ word } = x`; `Class.word` where the text says what `x` is. */
  readonly words: ReadonlySet<string>;
  /** Files it points to by their path. */
  readonly paths: readonly string[];
  /** A method: reached with its class and a word like it. */
  readonly className?: string;
  readonly method?: string;
  /** The framework calls it. */
  readonly called?: boolean;
}

type Binding = { readonly file: string; readonly name: string };

interface Module {
  readonly nodes: Node[];
  /** Local name → where it comes from; `*` is the whole module. */
  readonly imports: Map<string, Binding>;
  /** Exported name → here (`file` is the module itself) or elsewhere. */
  readonly exports: Map<string, Binding>;
  readonly stars: string[];
}

/** Called by Nest, Node or the language, never by name in our code. */
const HOOKS = /^(?:onModule\w+|onApplication\w+|beforeApplication\w+|configure|toJSON|toString|\[\w.+)$/;

export class Reachability {
  readonly #modules = new Map<string, Module>();
  readonly #aliases: ReadonlyMap<string, string>;
  readonly #reached = new Set<Node>();
  readonly #words = new Set<string>();
  readonly #waiting = new Map<string, Node[]>();
  readonly #types: KnownTypes;

  /** @param aliases package name → its index file */
  constructor(sources: readonly Source[], aliases: ReadonlyMap<string, string>) {
    this.#aliases = aliases;
    this.#types = new KnownTypes(sources);
    const files = new Set(sources.map(({ file }) => file));
    for (const source of sources) this.#modules.set(source.file, this.#read(source, files));
  }

  nodes(): readonly CodeNode[] {
    return [...this.#modules.values()].flatMap(({ nodes }) => nodes);
  }

  /** Adds what these files reach, when they are run. */
  from(entries: readonly string[]): this {
    for (const entry of entries) this.#load(entry, true);
    return this;
  }

  isReached(node: CodeNode): boolean {
    return this.#reached.has(node as Node);
  }

  /** Whether the innermost declaration around a position is reached; outside of all, whether the file is. */
  isReachedAt(file: string, position: number): boolean {
    const nodes = this.#modules.get(file)?.nodes ?? [];
    const around = nodes
      .filter(({ start, end }) => start <= position && position < end)
      .toSorted((a, b) => a.end - a.start - (b.end - b.start));
    return around[0] ? this.isReached(around[0]) : nodes.some((node) => this.#reached.has(node));
  }

  /** A file that is run or imported for its effects: its loose statements, with all they name. */
  #load(file: string, whole = false): void {
    for (const node of this.#modules.get(file)?.nodes ?? []) if (node.name === '' || whole) this.#reach(node);
  }

  #reach(node: Node): void {
    if (this.#reached.has(node)) return;
    this.#reached.add(node);
    const module = this.#modules.get(node.file);
    if (!module) return;
    this.#load(node.file);
    for (const path of node.paths) this.#load(path, true);
    for (const word of node.words) {
      if (!this.#words.has(word)) {
        this.#words.add(word);
        for (const method of this.#waiting.get(word) ?? []) this.#reach(method);
        this.#waiting.delete(word);
      }
    }
    for (const name of node.names) {
      const binding = module.imports.get(name);
      if (binding) this.#reachBinding(binding);
      else this.#reachName(node.file, name);
    }
  }

  #reachBinding({ file, name }: Binding, seen = new Set<string>()): void {
    const key = `${file}#${name}`;
    const module = this.#modules.get(file);
    if (!module || seen.has(key)) return;
    seen.add(key);
    this.#load(file);
    if (name === '*') {
      for (const to of module.exports.values()) {
        if (to.file === file) this.#reachName(file, to.name);
        else this.#reachBinding(to, seen);
      }
    }
    const to = module.exports.get(name);
    if (to) {
      if (to.file === file) this.#reachName(file, to.name);
      else this.#reachBinding(to, seen);
    } else for (const star of module.stars) this.#reachBinding({ file: star, name }, seen);
  }

  #reachName(file: string, name: string): void {
    const module = this.#modules.get(file);
    for (const node of module?.nodes ?? []) {
      const { className, method = '' } = node;
      if (node.name === name) this.#reach(node);
      else if (className === name) {
        const ways = [method, `${className}.${method}`];
        if (node.called || ways.some((way) => this.#words.has(way))) this.#reach(node);
        else for (const way of ways) this.#waiting.set(way, [...(this.#waiting.get(way) ?? []), node]);
      }
    }
    const binding = module?.imports.get(name);
    if (binding) this.#reachBinding(binding);
  }

  #read({ file, code }: Source, files: ReadonlySet<string>): Module {
    const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
    const module: Module = { nodes: [], imports: new Map(), exports: new Map(), stars: [] };
    const resolve = (specifier: string): string | undefined => resolvePath(file, specifier, files, this.#aliases);
    const add = (node: ts.Node, name: string, more: Partial<Node> = {}, inside: ts.Node = node): void => {
      const start = node.getFullStart();
      const lines = code.slice(node.getStart(), node.end).split('\n').length;
      module.nodes.push({ file, name, start, end: node.end, lines, ...wordsOf(inside, resolve, this.#types), ...more });
    };
    for (const statement of tree.statements) {
      if (ts.isImportDeclaration(statement)) readImport(statement, module, resolve);
      else if (ts.isExportDeclaration(statement)) readExport(statement, file, module, resolve);
      else if (ts.isExportAssignment(statement)) add(statement, '');
      else {
        const names = declaredNames(statement);
        const exported = ts.canHaveModifiers(statement)
          ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
          : false;
        for (const name of names) if (exported) module.exports.set(name, { file, name });
        if (ts.isClassDeclaration(statement) && statement.name) readClass(statement, add);
        else if (names.length === 0) add(statement, '');
        else for (const name of names) add(statement, name);
      }
    }
    return module;
  }
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return named && statement.name ? [statement.name.text] : [];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** The class itself holds its head, constructor and fields; each method is a node of its own. */
function readClass(
  declaration: ts.ClassDeclaration,
  add: (node: ts.Node, name: string, more?: Partial<Node>, inside?: ts.Node) => void,
): void {
  const className = declaration.name?.text ?? '';
  const outside = (declaration.heritageClauses ?? []).length > 0;
  const methods = declaration.members.filter(
    (member) => ts.isMethodDeclaration(member) || ts.isAccessor(member),
  ) as ts.MethodDeclaration[];
  const head = ts.factory.createNodeArray([
    ...(ts.getDecorators(declaration) ?? []),
    ...(declaration.heritageClauses ?? []),
    ...(declaration.typeParameters ?? []),
    ...declaration.members.filter((member) => !methods.includes(member as ts.MethodDeclaration)),
  ] as ts.Node[]);
  add(declaration, className, {}, {
    forEachChild: (visit: (node: ts.Node) => unknown) => head.forEach(visit),
  } as ts.Node);
  for (const method of methods) {
    const name = method.name.getText();
    const called =
      (ts.getDecorators(method) ?? []).length > 0 || HOOKS.test(name) || (outside && !name.startsWith('#'));
    add(method, `${className}.${name}`, { className, method: name, called });
  }
}

function wordsOf(
  node: ts.Node,
  resolve: (specifier: string) => string | undefined,
  types: KnownTypes,
): { names: Set<string>; words: Set<string>; paths: string[] } {
  const names = new Set<string>();
  const words = new Set<string>();
  const paths: string[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isIdentifier(at) || ts.isPrivateIdentifier(at)) readName(at, names, words, types);
    else if (ts.isStringLiteralLike(at) && /^[\w./@-]+$/.test(at.text)) {
      words.add(at.text);
      const path = resolve(at.text);
      if (path) paths.push(path);
    }
    ts.forEachChild(at, visit);
  };
  if ('kind' in node) ts.forEachChild(node, visit);
  else (node as ts.Node).forEachChild(visit);
  return { names, words, paths };
}

function readName(
  at: ts.Identifier | ts.PrivateIdentifier,
  names: Set<string>,
  words: Set<string>,
  types: KnownTypes,
): void {
  const { parent } = at;
  const isKey =
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isAccessor(parent) ||
      ts.isEnumMember(parent)) &&
    parent.name === at;
  if (isKey) return;
  if (ts.isPropertyAccessExpression(parent) && parent.name === at) {
    const receiver = receiverOf(parent.expression, types);
    if (receiver !== 'built-in') words.add(receiver === undefined ? at.text : `${receiver}.${at.text}`);
  } else if (ts.isQualifiedName(parent) && parent.right === at) words.add(at.text);
  else if (ts.isBindingElement(parent)) {
    words.add(at.text);
    if (parent.initializer === at) names.add(at.text);
  } else {
    names.add(at.text);
    if (ts.isShorthandPropertyAssignment(parent) || ts.isIndexedAccessTypeNode(parent)) words.add(at.text);
  }
}

function readImport(
  statement: ts.ImportDeclaration,
  { imports, nodes }: Module,
  resolve: (specifier: string) => string | undefined,
): void {
  const file = resolve((statement.moduleSpecifier as ts.StringLiteral).text);
  if (!file) return;
  const clause = statement.importClause;
  if (!clause) {
    const effects = { file: statement.getSourceFile().fileName, name: '', start: 0, end: 0, lines: 0 };
    nodes.push({ ...effects, names: new Set(), words: new Set(), paths: [file] });
    return;
  }
  if (clause.name) imports.set(clause.name.text, { file, name: 'default' });
  const named = clause.namedBindings;
  if (named && ts.isNamespaceImport(named)) imports.set(named.name.text, { file, name: '*' });
  else
    for (const one of named?.elements ?? []) {
      imports.set(one.name.text, { file, name: (one.propertyName ?? one.name).text });
    }
}

function readExport(
  statement: ts.ExportDeclaration,
  own: string,
  { exports, stars, imports }: Module,
  resolve: (specifier: string) => string | undefined,
): void {
  const file = statement.moduleSpecifier ? resolve((statement.moduleSpecifier as ts.StringLiteral).text) : own;
  if (!file) return;
  const clause = statement.exportClause;
  if (!clause) stars.push(file);
  else if (ts.isNamespaceExport(clause)) exports.set(clause.name.text, { file, name: '*' });
  else
    for (const one of clause.elements) {
      const name = (one.propertyName ?? one.name).text;
      exports.set(one.name.text, (file === own ? imports.get(name) : undefined) ?? { file, name });
    }
}

function resolvePath(
  from: string,
  specifier: string,
  files: ReadonlySet<string>,
  aliases: ReadonlyMap<string, string>,
): string | undefined {
  const alias = aliases.get(specifier);
  if (alias) return alias;
  if (!specifier.startsWith('.')) return undefined;
  const path = join(dirname(from), specifier).split('\\').join('/');
  return [path, path.replace(/\.m?js$/, '.ts'), `${path}.ts`].find((one) => files.has(one));
}
