import { platformSettings } from '@qlvb/platform-service';
import { storageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';

export const documentsConfig = z.object({ ...platformSettings, ...storageSettings });
export type DocumentsConfig = Readonly<z.output<typeof documentsConfig>>;
