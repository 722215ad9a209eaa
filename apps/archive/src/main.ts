import { busConfigOf, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { bootstrap } from '@qlvb/platform-service';
import { AppModule } from './app.module.ts';
import { archiveConfig } from './archive.config.ts';

const config = loadConfig(archiveConfig);
await bootstrap({
  name: 'archive',
  module: AppModule.forRoot(config, busConfigOf(config)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
