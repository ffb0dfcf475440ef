// Finds exports and files that nothing imports, tests included. With --mend it takes `export` off what its own file still uses.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** Files that something other than an import starts. */
const ENTRIES =
  /^(electron\/(main|preload)\/index\.ts|electron\/hosts\/[^/]+\.ts|renderer\/main\.tsx|[^/]+\.config\.ts|test\/(unit|conformance|e2e)\/.*\.(test|spec)\.tsx?|test\/(bench|support\/(check|generate|sample|kill|full-disk|fuzz|network|older|power|rebuilt|scenarios)|bench\/fit)\/[^/]+\.ts|test\/support\/(screenshots|sample-case)\.ts|.*\.d\.ts)$/;
const SOURCES = [
  'electron/**/*.{ts,tsx}',
  'renderer/**/*.{ts,tsx}',
  'shared/**/*.{ts,tsx}',
  'test/**/*.{ts,tsx}',
  'scripts/*.ts',
  '*.config.ts',
];
const EVERYTHING = '*';

interface Exported {
  readonly name: string;
  readonly line: number;
  /** Where the statement begins that carries the word `export`. Units: characters. */
  readonly start: number;
  readonly usedInOwnFile: boolean;
  /** A type that its own file mentions again belongs to what that file exports. */
  readonly excused: boolean;
}

/** Turns what an import names into a path in the checkout; `undefined` for packages. */
function resolveImport(from: string, specifier: string): string | undefined {
  const [bare = ''] = specifier.split('?');
  const path = bare.startsWith('#') ? bare.slice(1) : bare.startsWith('.') ? join(dirname(from), bare) : undefined;
  if (path === undefined) return undefined;
  const clean = normalize(path).replaceAll('\\', '/');
  return [clean, `${clean}.ts`, `${clean}.tsx`, `${clean}/index.ts`].find((each) => /\.tsx?$/.test(each) && existsSync(each));
}

const hasExport = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.ExportKeyword);

const isTypeOnly = (node: ts.Statement): boolean => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

function namesOf(statement: ts.Statement): readonly ts.Identifier[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((each) => (ts.isIdentifier(each.name) ? [each.name] : []));
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name === undefined ? [] : [statement.name];
  return [];
}

/** What one file exports under its own name. */
function exportsOf(source: ts.SourceFile): readonly Exported[] {
  return source.statements.filter(hasExport).flatMap((statement) =>
    namesOf(statement).map((name) => {
      const mentions = source.text.match(new RegExp(`\\b${name.text}\\b`, 'g'))?.length ?? 0;
      const line = source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1;
      return {
        name: name.text,
        line,
        start: statement.getStart(source),
        usedInOwnFile: mentions > 1,
        excused: isTypeOnly(statement) && mentions > 1,
      };
    }),
  );
}

/** Calls `use` with every file and name that one file imports or passes on; `*` stands for all names. */
function eachImport(source: ts.SourceFile, use: (specifier: string, name: string) => void): void {
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const { text } = node.moduleSpecifier;
      const bindings = node.importClause?.namedBindings;
      if (bindings === undefined) use(text, node.importClause === undefined ? '' : EVERYTHING);
      else if (ts.isNamespaceImport(bindings)) use(text, EVERYTHING);
      else for (const each of bindings.elements) use(text, (each.propertyName ?? each.name).text);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
      const { text } = node.moduleSpecifier;
      if (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause)) use(text, EVERYTHING);
      else for (const each of node.exportClause.elements) use(text, (each.propertyName ?? each.name).text);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      use(node.argument.literal.text, node.qualifier !== undefined && ts.isIdentifier(node.qualifier) ? node.qualifier.text : EVERYTHING);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [first] = node.arguments;
      if (first !== undefined && ts.isStringLiteral(first)) use(first.text, EVERYTHING);
    } else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'URL') {
      // `new URL('./x.worker.ts', import.meta.url)`: how a bundler is told of a worker or a forked module.
      const [first] = node.arguments ?? [];
      if (first !== undefined && ts.isStringLiteral(first) && first.text.startsWith('.')) use(first.text, EVERYTHING);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

const paths = globSync(SOURCES)
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !path.startsWith('test/fixtures/') && !path.startsWith('test/electron-double/'));
const files = new Map(paths.map((path) => [path, ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)]));
const used = new Map<string, Set<string>>();
for (const [path, source] of files) {
  eachImport(source, (specifier, name) => {
    const target = resolveImport(path, specifier);
    if (target === undefined || target === path) return;
    const names = used.get(target) ?? new Set();
    used.set(target, names.add(name));
  });
}

const mending = process.argv.includes('--mend');

/** Takes the word `export` off these statements, the last first so that the places before stay right. */
function unexport(path: string, text: string, found: readonly Exported[]): void {
  const places = [...new Set(found.map((each) => each.start))].sort((a, b) => b - a);
  const mended = places.reduce(
    (now, at) => (now.startsWith('export ', at) ? now.slice(0, at) + now.slice(at + 'export '.length) : now),
    text,
  );
  if (mended !== text) writeFileSync(path, mended);
}

const dead: string[] = [];
for (const [path, source] of files) {
  if (ENTRIES.test(path)) continue;
  const names = used.get(path);
  if (names === undefined) dead.push(`${path}: nothing imports this file`);
  else if (!names.has(EVERYTHING)) {
    const unused = exportsOf(source).filter((each) => !each.excused && !names.has(each.name));
    if (mending)
      unexport(
        path,
        source.text,
        unused.filter((each) => each.usedInOwnFile),
      );
    for (const each of unused) if (!mending || !each.usedInOwnFile) dead.push(`${path}:${each.line}: nothing imports \`${each.name}\``);
  }
}

for (const line of dead) console.error(line);
if (used.size < files.size / 3) {
  console.error(`only ${used.size} of ${files.size} files are imported by another: the check did not look`);
  process.exit(1);
}
if (dead.length > 0) process.exit(1);
console.log(`${files.size} files, each with a use for every export`);
