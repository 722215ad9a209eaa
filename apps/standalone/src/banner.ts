import { readFileSync } from 'node:fs';

interface Account {
  readonly login: string;
  readonly agencyCode: string;
  readonly fullName: string;
  readonly title: string;
}

export interface Banner {
  readonly port: number;
  /** The demonstration accounts. */
  readonly accountsFile: string;
  readonly password: string;
  readonly pin: string;
  readonly data: string;
  readonly seconds: number;
  readonly write: (text: string) => void;
}

/** Says where everything is, once all of it runs. */
export function printBanner({ port, accountsFile, password, pin, data, seconds, write }: Banner): void {
  const accounts = JSON.parse(readFileSync(accountsFile, 'utf8')) as Account[];
  const logins = accounts.map(
    ({ login, agencyCode, fullName, title }) =>
      `    ${login}   ${agencyCode.padEnd(10)} ${title.padEnd(22)} ${fullName}`,
  );
  const host = `qlvb-stttt.localhost:${port}`;
  write(`
QLVB đã sẵn sàng sau ${seconds.toFixed(1)} giây (ready).

  Sở Thông tin và Truyền thông   http://${host}
  Dùng chung (shared)            http://qlvb.localhost:${port}
  Mô tả API (documentation)      http://qlvb.localhost:${port}/api/docs
  Dữ liệu (data)                 ${data}

  Tài khoản thử nghiệm (logins), mật khẩu (password) ${password}, mã PIN của token ${pin}:
${logins.join('\n')}

  curl --resolve ${host}:127.0.0.1 http://${host}/api/v1/auth/sessions -H 'content-type: application/json' \\
    -d '{"cccd":"099085000101","password":"${password}"}'
  Chạy thử toàn bộ công việc chính (the main job): npm run demo
  Dừng (stop): Ctrl-C
`);
}
