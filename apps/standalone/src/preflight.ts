import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { cannot } from './stop.ts';

const NEEDED_BYTES = 600 * 1024 * 1024;

/** @throws CannotStart when the data folder cannot be made or written, or the disk is nearly full */
export function checkFolder(folder: string, neededBytes = NEEDED_BYTES): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannot(
      `Không ghi được vào thư mục dữ liệu ${folder}: hãy cấp quyền ghi hoặc đặt QLVB_DATA sang thư mục khác.`,
      `The data folder cannot be written.`,
      error,
    );
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < neededBytes) {
    throw cannot(
      `Đĩa chứa ${folder} chỉ còn ${Math.floor((bavail * bsize) / 1024 / 1024)} MB, cần ít nhất ${Math.ceil(neededBytes / 1024 / 1024)} MB.`,
      'Not enough disk space.',
    );
  }
}

/** @throws CannotStart when another program listens on the port */
export async function checkPort(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        fail(
          cannot(
            `Cổng ${port} đang được chương trình khác dùng: hãy tắt chương trình đó hoặc đặt QLVB_PORT sang cổng khác.`,
            `Port ${port} is busy.`,
            error,
          ),
        );
      } else if (error.code === 'EACCES') {
        fail(cannot(`Tài khoản này không được mở cổng ${port}.`, `This account may not open port ${port}.`, error));
      } else fail(error);
    });
    server.listen(port, '0.0.0.0', () => server.close(() => done()));
  });
}
