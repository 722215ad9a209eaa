import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const GIB = 2 ** 30;

/**
 * A new folder for what outlives no run of the tests. Where there is plenty of memory it lies there: a server that writes through to
 * its disk does so all the same, and nobody waits for it.
 */
export const scratchFolder = (prefix: string): string => mkdtempSync(join(isPlenty() ? MEMORY : tmpdir(), prefix));

function isPlenty(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= 3 * GIB && freemem() >= 5 * GIB;
  } catch {
    // No such place on this system.
    return false;
  }
}
