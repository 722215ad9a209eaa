import { parseArgs } from 'node:util';
import { isService, SERVICES } from '@qlvb/installation';
import type { Service } from '@qlvb/installation';
import { BusRefused } from '@qlvb/platform-bus';
import { ConfigurationError } from '@qlvb/platform-config';
import { agencyIdOf } from './agency.ts';
import type { Command } from './command.ts';
import { auditHeads, verifyAudit } from './commands/audit.ts';
import { createAdministrator } from './commands/create-administrator.ts';
import { listDeadLetters, replayDeadLetters, showDeadLetter } from './commands/dead-letters.ts';
import { install } from './commands/install.ts';
import { cancelJobs, listJobs, repeatJobs, showJob } from './commands/jobs.ts';
import { outboxRepublish, outboxStatus } from './commands/outbox.ts';
import { verifyState } from './commands/verify-state.ts';
import { connection } from './connection.ts';
import { Unusable } from './unusable.ts';

const COMMANDS: Readonly<Record<string, readonly [Command, string]>> = {
  install: [install, 'tạo kho tệp, cơ sở dữ liệu, vai trò và bảng (object store, databases, roles, tables)'],
  'create-administrator': [
    createAdministrator,
    '--name <họ tên>: một trong hai quản trị viên đầu tiên, số định danh đọc từ bàn phím (one of the first two administrators)',
  ],
  'audit heads': [
    auditHeads,
    'mốc cuối của các chuỗi, để cất giữ nơi khác (heads of the chains, to be kept elsewhere)',
  ],
  'audit verify': [verifyAudit, '[--heads <tệp|thư mục>]: kiểm tra chuỗi nhật ký (verify the audit chains)'],
  'verify state': [
    verifyState,
    '[--heads <tệp|thư mục>]: hàng, số, tệp và nhật ký như ứng dụng đã ghi (nothing changed past the application)',
  ],
  'outbox status': [outboxStatus, 'sự kiện chưa phát (what waits to be published)'],
  'outbox republish': [outboxRepublish, '--since <thời điểm|mã>: phát lại (publish again)'],
  'dead-letters list': [listDeadLetters, 'sự kiện không xử lý được (events given up)'],
  'dead-letters show': [showDeadLetter, '<mã>: xem cả sự kiện (one letter whole)'],
  'dead-letters replay': [replayDeadLetters, '<mã>…: gửi lại (deliver again)'],
  'jobs list': [listJobs, 'việc đang chờ, đang chạy, không xong (jobs that wait, run, or were given up)'],
  'jobs show': [showJob, '<mã>: xem cả việc (one job whole)'],
  'jobs repeat': [repeatJobs, '<mã>…: chạy lại (run again)'],
  'jobs cancel': [cancelJobs, '<mã>…: dừng (end)'],
};

const USAGE = `npm run operator -- <lệnh> [--service <tên>] [--agency <mã>] [--json]
${Object.entries(COMMANDS)
  .map(([name, [, what]]) => `  ${name.padEnd(21)} ${what}`)
  .join('\n')}
`;

export interface Console {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/**
 * Carries out one command of an operator.
 *
 * @returns the exit code: 0 done and well, 1 done and something is not well, 2 not done
 */
export async function run(args: readonly string[], environment: NodeJS.ProcessEnv, console: Console): Promise<number> {
  try {
    const { values, positionals } = parse(args);
    if (values.help) {
      console.out(USAGE.trimEnd());
      return 0;
    }
    const name = [positionals.slice(0, 2).join(' '), positionals[0] ?? ''].find((words) => words in COMMANDS);
    const [command] = (name === undefined ? undefined : COMMANDS[name]) ?? [];
    if (!command || name === undefined) throw new Unusable(USAGE.trimEnd());
    const where = connection(environment);
    const well = await command({
      connection: where,
      environment,
      services: servicesOf(values.service),
      agency: values.agency === undefined ? undefined : await agencyIdOf(where, values.agency),
      since: values.since,
      heads: values.heads,
      person: personIn(values),
      rest: positionals.slice(name.split(' ').length),
      print: (result, sentence) => console.out(values.json ? JSON.stringify(result) : sentence),
    });
    return well ? 0 : 1;
  } catch (error) {
    const known =
      [Unusable, ConfigurationError, BusRefused].some((kind) => error instanceof kind) ||
      (error instanceof Error && 'code' in error);
    console.error(known ? (error as Error).message : String(error instanceof Error ? error.stack : error));
    return 2;
  }
}

const PERSON = {
  name: { type: 'string' },
  title: { type: 'string' },
  unit: { type: 'string' },
  'unit-symbol': { type: 'string' },
  'override-reason': { type: 'string' },
} as const;

function personIn(values: ReturnType<typeof parse>['values']): string[] {
  const given = Object.keys(PERSON).flatMap((name) => {
    const value = values[name as keyof typeof PERSON];
    return value === undefined ? [] : [`--${name}`, value];
  });
  return values.json ? [...given, '--json'] : given;
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      agency: { type: 'string' },
      since: { type: 'string' },
      heads: { type: 'string' },
      ...PERSON,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function servicesOf(name: string | undefined): readonly Service[] {
  if (name === undefined) return SERVICES;
  if (!isService(name)) throw new Unusable(`Không có dịch vụ "${name}": ${SERVICES.join(', ')}. (No such service.)`);
  return [name];
}
