import { bootstrap } from '@qlvb/platform-service';
import { busConfig, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { AppModule } from './app.module.ts';
import { identityConfig } from './identity.config.ts';
import { loadSeed } from './seed.ts';

const config = loadConfig(identityConfig);
const service = await bootstrap({
  name: 'identity',
  module: AppModule.forRoot(config, busConfig(process.env)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
await loadSeed(service, config);
