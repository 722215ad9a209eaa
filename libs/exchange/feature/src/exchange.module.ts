import { Module } from '@nestjs/common';
import { DIRECTORY_ENTITIES, DirectoryModule } from '@qlvb/directory';
import { AxisConsumer } from './axis/axis.consumer.ts';
import { ReceivingService } from './axis/receiving.service.ts';
import { SendingService } from './axis/sending.service.ts';
import { StatusReceivingService } from './axis/status-receiving.service.ts';
import { StatusReports } from './axis/status-reports.ts';
import { DeliveriesController } from './deliveries/deliveries.controller.ts';
import { Delivery, DeliveryEvent, PackageEntity, StatusReport } from './entities.ts';
import { PackagesController } from './packages/packages.controller.ts';

export const EXCHANGE_ENTITIES = [...DIRECTORY_ENTITIES, Delivery, DeliveryEvent, PackageEntity, StatusReport];

@Module({
  imports: [DirectoryModule],
  controllers: [AxisConsumer, DeliveriesController, PackagesController],
  providers: [ReceivingService, SendingService, StatusReceivingService, StatusReports],
})
export class ExchangeModule {}
