import { platformSettings } from '@qlvb/platform-service';
import { z } from 'zod';

export const workflowConfig = z.object({ ...platformSettings });
export type WorkflowConfig = Readonly<z.output<typeof workflowConfig>>;
