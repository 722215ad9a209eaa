import { gatewaySettings } from '@qlvb/gateway-feature';
import { serviceSettings } from '@qlvb/platform-service';
import { z } from 'zod';

export const gatewayConfig = z.object({
  ...serviceSettings,
  ...gatewaySettings,
  /** Nothing that callers say of where they come from is believed, unless a proxy of ours stands in front. @source DOM-21 */
  trustedProxies: z.array(z.string()).readonly().default([]),
});
