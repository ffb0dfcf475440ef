import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What only the shell may import, and what nobody may: the product does not speak to any network. */
const noNetwork = ['node:http', 'node:https', 'node:net', 'node:tls', 'node:dns', 'node:dgram', 'http', 'https', 'net', 'tls', 'dns', 'ws'];
const networkGlobals = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'];

const unwanted = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'TSEnumDeclaration', message: 'Choices are unions.' },
  { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Captured text is never HTML.' },
];

/** Words of sentences that have another one in our vocabulary; ids of one word and names in SQL are left alone. */
const shunnedWords = ['Literal[value=%]', 'TemplateElement[value.raw=%]', 'JSXText[value=%]'].map((where) => ({
  selector: where.replace('%', String(/^(?!callers?$)[\s\S]*(?<![-\w.$:]|AS |SELECT |(?:INTO|FROM) [\s\S]*)[Cc]allers?(?![-\w:]|\.\w)/)),
  message: 'Who calls is a principal, on screens and on paper (CONTRIBUTING.md, "Words").',
}));

/** Data has any length, the arguments of a call have not: what fits on one machine is a RangeError for a larger case. */
const spreads = [
  {
    selector: 'CallExpression[callee.object.name="Math"] > SpreadElement',
    message: 'Data of any length: use greatest or least of shared/lib/extremes.ts.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(?:push|unshift)$/] > SpreadElement',
    message: 'Data of any length: use append of shared/lib/append.ts.',
  },
];

export default defineConfig(
  { ignores: ['out', 'dist', 'coverage', 'node_modules', '.toolchain', 'test-results', 'test/fixtures', 'resources/samples'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      '@typescript-eslint/dot-notation': 'off', // process.env['X'] reads as what it is: a name that may be absent
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignoreConditionalTests: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', ...unwanted],
      '@typescript-eslint/consistent-type-definitions': 'off', // an alias is assignable to a JSON object, an interface is not
      '@typescript-eslint/no-unnecessary-type-parameters': 'off', // a row's type is named where it is read: `get<Row>(…)`
      '@typescript-eslint/consistent-indexed-object-style': 'off', // a recursive type cannot be a Record
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'String' }, 'string'] }], // by code point is what we want
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      'no-implied-eval': 'off', // the typed rule does it
      eqeqeq: 'error',
      'no-console': 'error',
      'no-control-regex': 'off', // evidence is searched for control characters on purpose
    },
  },
  {
    files: ['shared/**/*.{ts,tsx}', 'electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: noNetwork.map((name) => ({ name, message: 'Nothing leaves the machine (loopback host mode aside).' })) },
      ],
      'no-restricted-globals': ['error', ...networkGlobals.map((name) => ({ name, message: 'Nothing leaves the machine.' }))],
    },
  },
  {
    files: ['shared/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...unwanted, ...shunnedWords] },
  },
  { files: ['shared/engine/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...unwanted, ...shunnedWords, ...spreads] } },
  {
    // Formats, stored tables and generated policies have names of their own.
    files: ['shared/engine/{importers,intake,privilege/policies,store/migrations}/**'],
    rules: { 'no-restricted-syntax': ['error', ...unwanted, ...spreads] },
  },
  {
    // The loopback host, its socket, and the local browser's DevTools pipe are the only ones that may listen or connect, on 127.0.0.1.
    files: ['electron/node/serve/**', 'electron/node/pdf/**', 'renderer/host/**'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' },
  },
  { files: ['renderer/**/*.{ts,tsx}'], extends: [hooks.configs.flat.recommended] },
  { files: ['test/**/*.{ts,tsx}', 'electron/hosts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-globals': 'off',
      'no-empty-pattern': 'off', // Playwright reads a fixture's needs from its destructured first parameter
    },
  },
  { files: ['*.config.{ts,js}', 'scripts/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.{mjs,cjs,js}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      parserOptions: { projectService: false },
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'setTimeout',
          'clearTimeout',
          'setImmediate',
          'require',
          'module',
          '__dirname',
          'globalThis',
          'structuredClone',
          'WebSocket',
          'Request',
          'Response',
          'fetch',
          'window',
          'location',
          'document',
          'CustomEvent',
          'File',
          'MessageChannel',
          'atob',
          'btoa',
          'performance',
          'AbortController',
          'Element',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
