-- An urgent event does not wait behind a backlog of others.
DROP INDEX platform.outbox_unpublished;
CREATE INDEX outbox_unpublished ON platform.outbox (urgent DESC, seq) WHERE published_at IS NULL;
