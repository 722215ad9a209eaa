export interface Banner {
  readonly port: number;
  readonly data: string;
  readonly seconds: number;
  readonly write: (text: string) => void;
}

/** Says where everything is, once all of it runs. */
export function printBanner({ port, data, seconds, write }: Banner): Promise<void> {
  const host = `qlvb-stttt.localhost:${port}`;
  write(`
QLVB đã sẵn sàng sau ${seconds.toFixed(1)} giây (ready).

  Sở Thông tin và Truyền thông   http://${host}
  Dùng chung (shared)            http://qlvb.localhost:${port}
  Mô tả API (documentation)      http://qlvb.localhost:${port}/api/docs
  Dữ liệu (data)                 ${data}

  curl --resolve ${host}:127.0.0.1 http://${host}/api/v1/agencies
  Chạy thử toàn bộ công việc chính (the main job): npm run demo
  Dừng (stop): Ctrl-C
`);
  return Promise.resolve();
}
