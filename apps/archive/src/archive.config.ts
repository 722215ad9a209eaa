import { platformSettings } from '@qlvb/platform-service';
import { storageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';

export const archiveConfig = z.object({ ...platformSettings, ...storageSettings });
export type ArchiveConfig = Readonly<z.output<typeof archiveConfig>>;
