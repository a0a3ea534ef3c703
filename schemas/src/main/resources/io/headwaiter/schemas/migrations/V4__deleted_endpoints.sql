-- An endpoint that its partner has deleted is gone for everybody at once. Its row stays until its deliveries are deleted, which takes
-- a while when there are millions.

alter table webhook_endpoints
  add column deleted_at timestamptz,
  -- So whoever delivers passes it over already.
  add constraint deleted_is_disabled check (deleted_at is null or disabled_at is not null);
create index webhook_endpoints_deleted on webhook_endpoints (id) where deleted_at is not null;
