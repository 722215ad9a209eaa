import type { Chapter, Rule } from './catalogue.ts';

/** Where a rule is named. */
export interface Carriers {
  code: string[];
  tests: string[];
}

export type Carried = ReadonlyMap<string, Carriers>;

const NONE: Carriers = { code: [], tests: [] };

/** A rule counts as carried only when code and a test both name it. */
export function isCarried({ code, tests }: Carriers): boolean {
  return code.length > 0 && tests.length > 0;
}

export function carriersOf(carried: Carried, { id }: Rule): Carriers {
  return carried.get(id) ?? NONE;
}

const files = (paths: readonly string[]): string => paths.map((path) => `\`${path}\``).join('<br>');

/** The committed page: per chapter what is carried, what is half carried, and what nobody carries. */
export function renderPage(chapters: readonly Chapter[], carried: Carried): string {
  const rules = chapters.flatMap((chapter) => chapter.rules);
  const services = [...new Set(rules.map(({ service }) => service))].toSorted();
  const count = (some: readonly Rule[]): string =>
    `${some.filter((rule) => isCarried(carriersOf(carried, rule))).length} | ${some.length}`;
  const lines = [
    '# Rules and who carries them',
    '',
    'Made by `npm run rules`; do not edit. A rule is carried when code that a deployed program reaches names it with `@source`, and a test in its title,',
    'as written in the sources; `npm run rules -- --results <file of jest --json>` counts only tests that ran and passed.',
    '',
    '| Service | Carried | Rules |',
    '| --- | ---: | ---: |',
    ...services.map((service) => `| ${service} | ${count(rules.filter((rule) => rule.service === service))} |`),
    `| **all** | ${count(rules)} |`,
  ];
  for (const { name, rules: own } of chapters) {
    const named = own.filter((rule) => carried.has(rule.id));
    lines.push('', `## ${name}`, '');
    if (named.length > 0) {
      lines.push('| Rule | In short | Service | Code | Tests |', '| --- | --- | --- | --- | --- |');
      for (const rule of named) {
        const { code, tests } = carriersOf(carried, rule);
        const mark = isCarried({ code, tests }) ? rule.id : `${rule.id} (half)`;
        lines.push(`| ${mark} | ${rule.line} | ${rule.service} | ${files(code)} | ${files(tests)} |`);
      }
      lines.push('');
    }
    lines.push('Nobody carries:', '');
    const rest = own.filter((rule) => !carried.has(rule.id));
    lines.push(...rest.map(({ id, line, service }) => `- ${id}: ${line} (${service})`));
  }
  return `${lines.join('\n')}\n`;
}

/** The same for a terminal: one line a rule. */
export function renderList(chapters: readonly Chapter[], carried: Carried): string {
  const lines = chapters.flatMap(({ name, rules }) => [
    `\n${name}`,
    ...rules.map((rule) => {
      const { code, tests } = carriersOf(carried, rule);
      const state = isCarried({ code, tests })
        ? 'carried  '
        : code.length + tests.length > 0
          ? 'half     '
          : 'nobody   ';
      const where = code.length + tests.length > 0 ? `  code: ${code.join(', ')}  tests: ${tests.join(', ')}` : '';
      return `  ${state} ${rule.id.padEnd(22)} ${rule.line} (${rule.service})${where}`;
    }),
  ]);
  return lines.join('\n');
}
