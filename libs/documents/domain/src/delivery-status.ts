/** What a recipient reports of a document, by the digits of the exchange. */
export type ExchangeStatusCode = '01' | '02' | '03' | '04' | '05' | '06';

/** What a sender knows of one delivery, as the exchange service works it out. */
export type DeliveryStatus = 'queued' | 'sent' | 'send_failed' | ExchangeStatusCode;
