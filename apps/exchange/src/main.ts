import { busConfigOf, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { bootstrap } from '@qlvb/platform-service';
import { AppModule } from './app.module.ts';
import { exchangeConfig } from './exchange.config.ts';

const config = loadConfig(exchangeConfig);
await bootstrap({
  name: 'exchange',
  module: AppModule.forRoot(config, busConfigOf(config)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
