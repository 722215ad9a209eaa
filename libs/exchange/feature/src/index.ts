export { EXCHANGE_ENTITIES, ExchangeModule } from './exchange.module.ts';
