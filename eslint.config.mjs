import prettier from 'eslint-config-prettier';
import boundaries from 'eslint-plugin-boundaries';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import { imports, layers } from './eslint/layers.mjs';
import { oneProgram } from './eslint/one-program.mjs';
import { onlyDexieInTransaction } from './eslint/only-dexie-in-transaction.mjs';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing has one name everywhere.',
};

/** One program for all: five would each check the libraries anew. That each project gets along with its own is for the type check. */
const types = 'eslint/tsconfig.json';
const scripts = oneProgram(`${import.meta.dirname}/${types}`);

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'out-electron22/', 'dist/', 'test-results/', '.cache/'] },

  {
    files: ['**/*.{ts,vue}'],
    extends: [...tseslint.configs.strictTypeChecked, ...vue.configs['flat/recommended'], prettier],
    languageOptions: {
      parserOptions: {
        project: [types],
        parser: scripts,
        extraFileExtensions: ['.vue'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { fieldbook: { rules: { 'only-dexie-in-transaction': onlyDexieInTransaction } } },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      'fieldbook/only-dexie-in-transaction': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // An expression evaluator and cells of foreign documents turn unknown values into text on purpose.
      '@typescript-eslint/no-base-to-string': 'off',
      // What implements an asynchronous contract need not wait for anything itself.
      '@typescript-eslint/require-await': 'off',
      // A document is an open record: fields leave it by name.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A flag that is asked again after an await looks constant to the compiler.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Methods of plain objects are functions; classes bind theirs.
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  { files: ['**/*.vue'], rules: { 'vue/multi-word-component-names': 'off', 'no-restricted-syntax': 'off' } },

  // Declarations of whole modules have to export by default.
  { files: ['**/*.d.ts', '*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },

  { plugins: { boundaries }, ...layers },

  ...imports,

  {
    // Deciders are functions of their arguments: no clock, no randomness.
    files: ['shared/form/**/*.ts', 'shared/insights/**/*.ts', 'shared/sync/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'crypto', 'fetch', 'setTimeout', 'setInterval', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time is passed in.' },
        { object: 'Math', property: 'random', message: 'Randomness is passed in.' },
      ],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The time is passed in.' },
        { selector: "CallExpression[callee.name='dayjs'][arguments.length=0]", message: 'The time is passed in.' },
      ],
    },
  },

  // A command, which prints.
  { files: ['electron/demo/main.ts'], rules: { 'no-console': 'off' } },

  {
    files: ['tests/**/*.ts'],
    rules: {
      // Playwright's fixtures name what they need by destructuring, also when that is nothing.
      'no-empty-pattern': 'off',
      'no-console': 'off',
      // What a test reads back is checked by the test.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
