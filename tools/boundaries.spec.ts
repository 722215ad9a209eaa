import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Case {
  readonly title: string;
  readonly file: string;
  readonly imports: string;
  /** Words of the answer of the rule; absent where the import is right. */
  readonly answer?: string;
  /** Which rule answers, when it is not that of the boundaries. */
  readonly rule?: string;
  /** Source after the import. */
  readonly body?: string;
}

const handsOn = 'hand on to a service';
const controller = 'libs/documents/feature/src/probe.controller.ts';
const cases: readonly Case[] = [
  ...['typeorm', 'pg', '@qlvb/platform-database', '@qlvb/platform-access'].map((imports) => ({
    title: `a controller does not import ${imports}`,
    file: controller,
    imports,
    rule: 'no-restricted-imports',
    answer: handsOn,
  })),
  {
    title: 'a consumer does not import the database',
    file: 'libs/exchange/feature/src/probe.consumer.ts',
    imports: '@qlvb/platform-database',
    rule: 'no-restricted-imports',
    answer: handsOn,
  },
  {
    title: 'a controller writes no SQL',
    file: controller,
    imports: '@qlvb/platform-http',
    body: "probe('SELECT 1');",
    rule: 'no-restricted-syntax',
    answer: handsOn,
  },
  ...[controller, 'libs/documents/domain/src/probe.ts'].map((file) => ({
    title: `a problem stands in *.problems.ts, not in ${file}`,
    file,
    imports: '@qlvb/shared-domain',
    body: 'defineProblem({});',
    rule: 'no-restricted-syntax',
    answer: 'beside its rule',
  })),
  {
    title: 'a controller stands in a file that is named so',
    file: 'libs/documents/feature/src/probe.ts',
    imports: '@nestjs/common',
    body: '@probe.Controller()\nexport class Probe {}\n@Controller()\nexport class Other {}',
    rule: 'no-restricted-syntax',
    answer: 'stands in *.controller.ts',
  },
  {
    title: 'a domain does not import an ORM',
    file: 'libs/documents/domain/src/probe.ts',
    imports: 'typeorm',
    answer: 'not allowed to import "typeorm"',
  },
  {
    title: 'a domain does not import NestJS',
    file: 'libs/archive/domain/src/probe.ts',
    imports: '@nestjs/common',
    answer: 'not allowed to import "@nestjs/common"',
  },
  {
    title: 'a domain does not import the platform',
    file: 'libs/workflow/domain/src/probe.ts',
    imports: '@qlvb/platform-database',
    answer: '"type:domain" can only depend on libs tagged with',
  },
  {
    title: 'a service does not import the use cases of another',
    file: 'libs/documents/feature/src/probe.ts',
    imports: '@qlvb/workflow-feature',
    answer: '"scope:documents" can only depend on libs tagged with',
  },
  {
    title: 'a service does not import the rules of another',
    file: 'libs/exchange/feature/src/probe.ts',
    imports: '@qlvb/documents-domain',
    answer: '"scope:exchange" can only depend on libs tagged with',
  },
  {
    title: 'a format library does not import NestJS',
    file: 'libs/edxml/src/probe.ts',
    imports: '@nestjs/common',
    answer: 'not allowed to import "@nestjs/common"',
  },
  {
    title: 'a format library does not import the platform',
    file: 'libs/xml-signature/src/probe.ts',
    imports: '@qlvb/platform-storage',
    answer: '"type:format" can only depend on libs tagged with',
  },
  {
    title: 'the platform does not import a service',
    file: 'libs/platform/http/src/probe.ts',
    imports: '@qlvb/identity-domain',
    answer: '"scope:shared" can only depend on libs tagged with',
  },
  {
    title: 'contracts import nothing but zod',
    file: 'libs/contracts/src/probe.ts',
    imports: 'typeorm',
    answer: 'not allowed to import "typeorm"',
  },
  {
    title: 'no library is entered by a path past its index',
    file: 'libs/documents/feature/src/probe.ts',
    imports: '../../../workflow/domain/src/index.ts',
    answer: 'Projects cannot be imported by a relative or absolute path',
  },
  {
    title: 'a feature imports its domain',
    file: 'libs/documents/feature/src/probe.ts',
    imports: '@qlvb/documents-domain',
  },
  {
    title: 'a feature imports the platform',
    file: 'libs/documents/feature/src/probe.ts',
    imports: '@qlvb/platform-http',
  },
  { title: 'a feature imports an ORM', file: 'libs/documents/feature/src/probe.ts', imports: 'typeorm' },
  { title: 'a feature imports a format library', file: 'libs/exchange/feature/src/probe.ts', imports: '@qlvb/edxml' },
  {
    title: 'a domain imports what all domains share',
    file: 'libs/archive/domain/src/probe.ts',
    imports: '@qlvb/shared-domain',
  },
  { title: 'contracts import zod', file: 'libs/contracts/src/probe.ts', imports: 'zod' },
];

/** Lints each text as if it stood in its file, in one process; nothing is written. */
const program = `
  import { readFileSync } from 'node:fs';
  import { ESLint } from 'eslint';
  const eslint = new ESLint();
  const answers = [];
  for (const { file, imports, body = '' } of JSON.parse(readFileSync(0, 'utf8'))) {
    const text = "import { probe } from '" + imports + "';\\nprobe();\\n" + body + '\\n';
    const [result] = await eslint.lintText(text, { filePath: file });
    answers.push(result.messages.map(({ ruleId, message }) => ({ ruleId, message })));
  }
  process.stdout.write('\\n' + JSON.stringify(answers));
`;

function run(command: string, args: string[], input?: string): string {
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NODE_OPTIONS: '' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', input: input ?? '' });
  if (status !== 0) throw new Error(`${args.join(' ').slice(0, 80)} ended with ${status}: ${stderr}`);
  return stdout;
}

describe('the boundaries between libraries', () => {
  let answers: { ruleId: string; message: string }[][];

  beforeAll(() => {
    // Without a project graph the rule is silent.
    run('node_modules/.bin/nx', ['graph', '--file=tmp/boundaries-graph.json']);
    const out = run(process.execPath, ['--input-type=module', '-e', program], JSON.stringify(cases));
    answers = JSON.parse(out.trim().split('\n').at(-1) ?? '[]') as typeof answers;
  });

  it.each(cases.map((entry, index) => ({ ...entry, index })))(
    '$title',
    ({ index, answer, rule = '@nx/enforce-module-boundaries' }) => {
      const told = answers[index] ?? [];
      if (answer === undefined) expect(told).toEqual([]);
      else expect(told).toEqual([{ ruleId: rule, message: expect.stringContaining(answer) as string }]);
    },
  );
});
