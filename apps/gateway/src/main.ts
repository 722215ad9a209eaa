import { GatewayModule } from '@qlvb/gateway-feature';
import { loadConfig } from '@qlvb/platform-config';
import { bootstrap } from '@qlvb/platform-service';
import { gatewayConfig } from './gateway.config.ts';

const config = loadConfig(gatewayConfig);
await bootstrap({ name: 'gateway', module: GatewayModule.forRoot(config), config });
