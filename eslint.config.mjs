import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const SERVICES = ['gateway', 'identity', 'documents', 'workflow', 'signature', 'exchange', 'archive'];
const only = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });
const ONE_BY_ONE = { selector: 'ExportAllDeclaration', message: 'A library lists its public names one by one.' };
const WHAT_TIME = 'Ask the injected Clock, or tx.now; performance.now() for spans of time.';
const OWN_CLOCK = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: WHAT_TIME },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: WHAT_TIME },
  { selector: "ImportSpecifier[imported.name='systemClock']", message: WHAT_TIME },
];
const ELSEWHERE_NO_PROBLEM = {
  selector: "CallExpression[callee.name='defineProblem']",
  message: 'A problem stands in *.problems.ts beside its rule.',
};
const NO_DATABASE = 'Controllers and consumers hand on to a service; the service has the database.';
const SQL = '/^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\\s/';
const FRAMEWORKS = ['@nestjs/*', 'typeorm', 'pg', 'kafkajs', 'minio', 'fastify'];

export default [
  { ignores: ['dist/**', 'data/**', 'tmp/**', 'node_modules/**', '**/testing/samples/**', '**/*.html'] },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          allowCircularSelfDependency: false,
          enforceBuildableLibDependency: false,
          depConstraints: [
            only(
              'type:app',
              'type:feature',
              'type:platform',
              'type:contracts',
              'type:domain',
              'type:format',
              'type:testing',
            ),
            only(
              'type:feature',
              'type:feature',
              'type:domain',
              'type:format',
              'type:platform',
              'type:contracts',
              'type:testing',
            ),
            {
              ...only('type:domain', 'type:domain', 'type:format', 'type:contracts'),
              bannedExternalImports: FRAMEWORKS,
            },
            { ...only('type:format', 'type:format', 'type:domain', 'type:testing'), bannedExternalImports: FRAMEWORKS },
            only('type:platform', 'type:platform', 'type:domain', 'type:contracts', 'type:testing', 'type:format'),
            { ...only('type:contracts', 'type:contracts'), allowedExternalImports: ['zod'] },
            only('type:testing', 'type:testing', 'type:platform', 'type:domain', 'type:contracts', 'type:format'),
            ...SERVICES.map((service) => only(`scope:${service}`, `scope:${service}`, 'scope:shared')),
            only('scope:shared', 'scope:shared'),
          ],
        },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      'no-restricted-syntax': ['error', ONE_BY_ONE],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // The platform's Clock says what time it is, so that tests can move all processes together.
    files: ['libs/*/{feature,domain}/**/*.ts'],
    ignores: ['**/*spec.ts', '**/testing/**', 'libs/shared/domain/src/clock.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ONE_BY_ONE,
        ...OWN_CLOCK,
        {
          selector: "Decorator[expression.callee.name='Controller']",
          message: 'What is called from outside stands in *.controller.ts or *.consumer.ts.',
        },
        ELSEWHERE_NO_PROBLEM,
      ],
    },
  },
  {
    files: ['libs/*/{feature,domain}/**/*.problems.ts'],
    rules: { 'no-restricted-syntax': ['error', ONE_BY_ONE, ...OWN_CLOCK] },
  },
  {
    // One shape of a slice in every service: controller → service → rules.
    files: ['libs/*/feature/**/*.{controller,consumer}.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['typeorm', 'pg', '@qlvb/platform-database', '@qlvb/platform-access'].map((name) => ({
            name,
            message: NO_DATABASE,
          })),
        },
      ],
      'no-restricted-syntax': [
        'error',
        ONE_BY_ONE,
        ...OWN_CLOCK,
        ELSEWHERE_NO_PROBLEM,
        { selector: `Literal[value=${SQL}]`, message: NO_DATABASE },
        { selector: `TemplateElement[value.raw=${SQL}]`, message: NO_DATABASE },
      ],
    },
  },
  {
    files: ['tools/**/*.ts', 'bench/**/*.ts', 'apps/{standalone,demo,token,e2e}/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
];
