import { busConfigOf, QlvbBusStrategy } from '@qlvb/platform-bus';
import { loadConfig } from '@qlvb/platform-config';
import { bootstrap } from '@qlvb/platform-service';
import { AppModule } from './app.module.ts';
import { workflowConfig } from './workflow.config.ts';

const config = loadConfig(workflowConfig);
await bootstrap({
  name: 'workflow',
  module: AppModule.forRoot(config, busConfigOf(config)),
  config,
  strategies: (app) => [app.get(QlvbBusStrategy)],
});
