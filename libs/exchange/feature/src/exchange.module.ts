import { Module } from '@nestjs/common';
import { DIRECTORY_ENTITIES, DirectoryModule } from '@qlvb/directory';
import { DocumentAccessModule } from '@qlvb/document-access';
import { AxisQueueConnector } from './connectors/axis-queue.connector.ts';
import { AxisQueueConsumer } from './connectors/axis-queue.consumer.ts';
import { CONNECTOR } from './connectors/connector.ts';
import { DeliveriesController } from './deliveries/deliveries.controller.ts';
import { DeliveriesService } from './deliveries/deliveries.service.ts';
import { DeliveryLedger } from './deliveries/delivery-ledger.ts';
import { Delivery, DeliveryEvent } from './deliveries/delivery.entities.ts';
import { FailedDeliveries } from './deliveries/failed-deliveries.ts';
import { PartnersController } from './partners/partners.controller.ts';
import { PartnersService } from './partners/partners.service.ts';
import { ReceiptWatch } from './deliveries/receipt-watch.ts';
import { Arrivals } from './received/arrivals.ts';
import { Desk } from './received/desk.ts';
import { DocumentInterpretation } from './received/document-interpretation.ts';
import { InterpretationService } from './received/interpretation.service.ts';
import { PackageReader } from './received/package-reader.ts';
import { ReceivedLedger } from './received/received-ledger.ts';
import { ReceivedPackage } from './received/received-package.entity.ts';
import { ReceivedPackagesController } from './received/received-packages.controller.ts';
import { ReceivedPackagesService } from './received/received-packages.service.ts';
import { StatusInterpretation } from './received/status-interpretation.ts';
import { HandlingConsumer } from './reports/handling.consumer.ts';
import { StatusReport } from './reports/status-report.entity.ts';
import { HandlingReports } from './reports/handling-reports.service.ts';
import { StatusReports } from './reports/status-reports.ts';
import { DispatchConsumer } from './sending/dispatch.consumer.ts';
import { Dispatch } from './sending/dispatch.entity.ts';
import { PackageWriter } from './sending/package-writer.ts';
import { SendingService } from './sending/sending.service.ts';
import { SentPackageEntity } from './sending/sent-package.entity.ts';
import { SentPackagesController } from './sending/sent-packages.controller.ts';
import { SentPackagesService } from './sending/sent-packages.service.ts';

export const EXCHANGE_ENTITIES = [
  ...DIRECTORY_ENTITIES,
  Delivery,
  DeliveryEvent,
  Dispatch,
  ReceivedPackage,
  SentPackageEntity,
  StatusReport,
];

@Module({
  imports: [DirectoryModule, DocumentAccessModule],
  controllers: [
    AxisQueueConsumer,
    DeliveriesController,
    DispatchConsumer,
    HandlingConsumer,
    PartnersController,
    ReceivedPackagesController,
    SentPackagesController,
  ],
  providers: [
    { provide: CONNECTOR, useClass: AxisQueueConnector },
    Arrivals,
    DeliveriesService,
    DeliveryLedger,
    Desk,
    DocumentInterpretation,
    FailedDeliveries,
    InterpretationService,
    PackageReader,
    PackageWriter,
    PartnersService,
    ReceiptWatch,
    ReceivedLedger,
    ReceivedPackagesService,
    SendingService,
    SentPackagesService,
    StatusInterpretation,
    HandlingReports,
    StatusReports,
  ],
})
export class ExchangeModule {}
