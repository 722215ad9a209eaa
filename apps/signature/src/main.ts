import { busConfigOf, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { bootstrap } from '@qlvb/platform-service';
import { AppModule } from './app.module.ts';
import { signatureConfig } from './signature.config.ts';

const config = loadConfig(signatureConfig);
await bootstrap({
  name: 'signature',
  module: AppModule.forRoot(config, busConfigOf(config)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
