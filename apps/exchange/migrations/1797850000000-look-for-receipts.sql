-- What is still queued long after it was handed over is looked for every few minutes.
CREATE INDEX delivery_queued ON delivery (agency_id, updated_at) WHERE status = 'queued';
