import { bootstrap } from '@qlvb/platform-service';
import { busConfigOf, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { AppModule } from './app.module.ts';
import { identityConfig } from './identity.config.ts';
import { loadSeed } from './seed.ts';

const config = loadConfig(identityConfig);
const service = await bootstrap({
  name: 'identity',
  module: AppModule.forRoot(config, busConfigOf(config)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
await loadSeed(service, config);
