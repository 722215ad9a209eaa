-- What was due in the exchange's own queue is due in the platform's.
INSERT INTO platform.job (id, kind, agency_id, key, data, urgent, state, due_at, created_at)
SELECT gen_random_uuid(), 'exchange.' || kind, agency_id, id::text,
  jsonb_build_object(CASE kind WHEN 'send-package' THEN 'deliveryId' ELSE 'packageId' END, id), urgent, 'waiting', due_at, now()
FROM exchange_work;
DROP TABLE exchange_work;
