import { platformSettings } from '@qlvb/platform-service';
import { storageSettings } from '@qlvb/platform-storage';
import { signatureSettings } from '@qlvb/signature-feature';
import { z } from 'zod';

export const signatureConfig = z.object({ ...platformSettings, ...storageSettings, ...signatureSettings });
export type SignatureConfig = Readonly<z.output<typeof signatureConfig>>;
