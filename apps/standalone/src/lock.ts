import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cannot } from './stop.ts';

/**
 * One platform per data folder. The lock names process and start time, so that a lock left by `kill -9` is recognised even
 * when its process number has been given to somebody else.
 *
 * @returns releases the lock
 * @throws CannotStart while another platform runs on the folder
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'platform.lock');
  const mine = `${process.pid} ${startedAt(process.pid)}`;
  try {
    writeFileSync(file, mine, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const [pid = 0, started] = readFileSync(file, 'utf8').split(' ').map(Number);
    if (pid && startedAt(pid) === started) {
      throw cannot(`Nền tảng đang chạy trên ${folder} (tiến trình ${pid}).`, 'The platform is already running here.');
    }
    writeFileSync(file, mine);
  }
  return () => rmSync(file, { force: true });
}

/** Start time of a process in clock ticks since boot, 0 when there is no such process. */
function startedAt(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return 0;
    throw error;
  }
}
