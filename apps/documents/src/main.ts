import { busConfigOf, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { bootstrap } from '@qlvb/platform-service';
import { AppModule } from './app.module.ts';
import { documentsConfig } from './documents.config.ts';

const config = loadConfig(documentsConfig);
await bootstrap({
  name: 'documents',
  module: AppModule.forRoot(config, busConfigOf(config)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
