-- The same package has a row with its sender and one with its receiver, each seen by its own agency only.
CREATE TABLE package (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  kind text NOT NULL CHECK (kind IN ('document', 'status')),
  document_id uuid,
  in_reply_to uuid,
  sender_code text NOT NULL,
  recipient_code text NOT NULL,
  sender_document_id text NOT NULL,
  document_code text NOT NULL,
  issued_on date,
  status_code text,
  object_key text NOT NULL,
  sha256 text NOT NULL,
  size_bytes bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('sent', 'received', 'failed')),
  findings jsonb NOT NULL,
  PRIMARY KEY (agency_id, id)
);
SELECT platform.protect('package');
CREATE INDEX package_document ON package (document_id);

CREATE TABLE delivery (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  document_id uuid NOT NULL,
  package_id uuid NOT NULL,
  recipient_id uuid NOT NULL,
  recipient_agency_id uuid,
  recipient_code text NOT NULL,
  recipient_name text NOT NULL,
  status text NOT NULL,
  UNIQUE (agency_id, package_id)
);
SELECT platform.protect('delivery');
CREATE INDEX delivery_document ON delivery (document_id);

-- The history of a delivery only grows (QĐ28-A10-2p).
CREATE TABLE delivery_event (
  delivery_id uuid NOT NULL REFERENCES delivery,
  seq integer NOT NULL,
  agency_id uuid NOT NULL,
  status text NOT NULL,
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  by_name text,
  reason text,
  PRIMARY KEY (delivery_id, seq),
  UNIQUE (delivery_id, status)
);
SELECT platform.protect('delivery_event');

-- What a receiver has to report about a package, each status once; sent in the order of their codes.
CREATE TABLE status_report (
  agency_id uuid NOT NULL,
  package_id uuid NOT NULL,
  code text NOT NULL,
  at timestamptz NOT NULL,
  by_name text,
  reason text,
  sent_at timestamptz,
  PRIMARY KEY (agency_id, package_id, code),
  FOREIGN KEY (agency_id, package_id) REFERENCES package (agency_id, id)
);
SELECT platform.protect('status_report');
