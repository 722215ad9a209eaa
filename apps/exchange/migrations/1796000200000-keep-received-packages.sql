-- What came over the axis, one committed row each before anybody reads it; never the bytes themselves.
CREATE TABLE received_package (
  agency_id uuid NOT NULL,
  -- As the axis calls it.
  id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  channel text NOT NULL,
  -- What the axis says of it: believed in nothing that can be looked up or measured.
  announced_kind text NOT NULL CHECK (announced_kind IN ('document', 'status')),
  sender_code text NOT NULL,
  recipient_code text NOT NULL,
  in_reply_to uuid,
  urgent boolean NOT NULL,
  handed_over_by text NOT NULL,
  object_key text NOT NULL,
  announced_sha256 text NOT NULL,
  announced_size_bytes bigint NOT NULL,
  sent_at timestamptz,
  -- Our own measure of the bytes; absent until they were read.
  sha256 text,
  size_bytes bigint,
  state text NOT NULL CHECK (state IN ('received', 'interpreting', 'registered', 'applied', 'waiting', 'refused', 'discarded', 'erased')),
  ground text,
  -- Written down before an attempt begins: one that never ended is a death of the process.
  attempts integer NOT NULL,
  deaths integer NOT NULL,
  take_as_new boolean NOT NULL,
  problem text,
  kind text CHECK (kind IN ('document', 'status', 'unreadable')),
  business_type text,
  business_reason text,
  document_id uuid NOT NULL,
  sender_document_id text NOT NULL,
  document_code text NOT NULL,
  issued_on date,
  subject text,
  status_code text,
  findings jsonb NOT NULL,
  attachments jsonb NOT NULL,
  decision jsonb,
  PRIMARY KEY (agency_id, id)
);
SELECT platform.protect('received_package');
CREATE INDEX received_package_newest ON received_package (agency_id, created_at DESC, id DESC);
CREATE INDEX received_package_document ON received_package (document_id);
CREATE INDEX received_package_desk ON received_package (agency_id, created_at DESC, id DESC) WHERE state = 'waiting';

INSERT INTO received_package (agency_id, id, version, created_at, updated_at, channel, announced_kind, sender_code, recipient_code,
    in_reply_to, urgent, handed_over_by, object_key, announced_sha256, announced_size_bytes, sent_at, sha256, size_bytes, state, ground,
    attempts, deaths, take_as_new, problem, kind, document_id, sender_document_id, document_code, issued_on, status_code, findings, attachments)
  SELECT agency_id, id, 1, created_at, created_at, 'axis-queue', kind, sender_code, recipient_code,
    in_reply_to, false, 'unknown', object_key, sha256, size_bytes, NULL, NULL, NULL,
    CASE WHEN state = 'received' AND kind = 'document' THEN 'registered' WHEN state = 'received' THEN 'applied'
         WHEN kind = 'document' THEN 'refused' ELSE 'discarded' END,
    NULL, 1, 0, false, NULL, kind, coalesce(document_id, id), sender_document_id, document_code, issued_on, status_code,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('code', code, 'severity', 'note')), '[]') FROM jsonb_array_elements(findings) code), '[]'
  FROM package WHERE direction = 'incoming';

ALTER TABLE status_report DROP CONSTRAINT status_report_agency_id_package_id_fkey;
ALTER TABLE status_report ADD FOREIGN KEY (agency_id, package_id) REFERENCES received_package (agency_id, id);
DELETE FROM package WHERE direction = 'incoming';
ALTER TABLE package DROP COLUMN direction, DROP COLUMN state, DROP COLUMN findings;
CREATE INDEX package_identifier ON package (agency_id, sender_document_id);
CREATE INDEX package_code ON package (agency_id, document_code);
CREATE INDEX package_newest ON package (agency_id, created_at DESC, id DESC);

-- Every report about a delivery is kept, whether it changes anything or not; state and history follow from all of them.
ALTER TABLE delivery_event DROP CONSTRAINT delivery_event_delivery_id_status_key;
ALTER TABLE delivery_event ALTER COLUMN at DROP NOT NULL;
ALTER TABLE delivery_event ADD COLUMN report_id uuid;
UPDATE delivery_event SET report_id = gen_random_uuid();
ALTER TABLE delivery_event ALTER COLUMN report_id SET NOT NULL;
ALTER TABLE delivery_event ADD UNIQUE (delivery_id, report_id);

-- One row per recipient, each sent by itself.
ALTER TABLE delivery ADD COLUMN urgent boolean NOT NULL DEFAULT false;
ALTER TABLE delivery ADD COLUMN attempts integer NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN failure text;
ALTER TABLE delivery ADD COLUMN failure_detail text;
CREATE INDEX delivery_newest ON delivery (agency_id, created_at DESC, id DESC);

-- What was issued, as long as packages are written from it.
CREATE TABLE dispatch (
  document_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  issued jsonb NOT NULL,
  PRIMARY KEY (agency_id, document_id)
);
SELECT platform.protect('dispatch');

-- What is due, in the transaction that makes it due: ids only, looked through for all agencies at once.
CREATE TABLE exchange_work (
  agency_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('interpret-package', 'send-package')),
  id uuid NOT NULL,
  urgent boolean NOT NULL,
  due_at timestamptz NOT NULL,
  leased_until timestamptz,
  attempts integer NOT NULL,
  PRIMARY KEY (agency_id, kind, id)
);
CREATE INDEX exchange_work_due ON exchange_work (urgent DESC, due_at);
