import { platformSettings } from '@qlvb/platform-service';
import { storageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';

export const exchangeConfig = z.object({ ...platformSettings, ...storageSettings });
export type ExchangeConfig = Readonly<z.output<typeof exchangeConfig>>;
