import { gatewaySettings } from '@qlvb/gateway-feature';
import { serviceSettings } from '@qlvb/platform-service';
import { z } from 'zod';

export const gatewayConfig = z.object({ ...serviceSettings, ...gatewaySettings });
