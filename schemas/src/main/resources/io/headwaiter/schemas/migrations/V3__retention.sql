-- Where visits and decisions go when they are old, so that the tables and indexes that decide stay small.
--
-- `retire` moves them here, into a partition a month that it makes, and drops partitions by age. Nothing here is looked at to
-- decide; it is read, through the views below, and changed only to forget a guest. What was moved is as it was, column for column: a
-- column that comes to a table comes to its past, too, and to the view.

create table past_reservations (
  like reservations,
  primary key (restaurant_id, id, starts_at)
) partition by range (starts_at);
create index past_reservations_by_start on past_reservations (restaurant_id, starts_at, id);
create index past_reservations_by_client on past_reservations (restaurant_id, client_id) where client_id is not null;

-- An id may stand here twice: one that comes again after its decision was moved is another request.
create table past_booking_requests (
  like booking_requests,
  primary key (restaurant_id, id, decided_at)
) partition by range (decided_at);
-- Decisions do not have such an index while they are young: each would pay for it.
create index past_booking_requests_by_reservation on past_booking_requests (restaurant_id, reservation_id)
  where reservation_id is not null;

-- No foreign keys: a past refers to what was. Tables are never deleted, and of a guest who is, forget_notes() takes the name
-- off. The partitions grant nothing to anybody: they are read by way of these two only.
do $$
declare
  named text := '(select nullif(current_setting(''headwaiter.restaurant_id'', true), '''')::bigint)';
  t text;
begin
  foreach t in array array['past_reservations', 'past_booking_requests']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_restaurant on %I to headwaiter_gateway using (restaurant_id = %s)', t, named);
  end loop;
end
$$;
grant select on past_reservations, past_booking_requests to headwaiter_gateway;

-- All there are, with the reader's own rights, so that the walls hold.
create view all_reservations with (security_invoker = true) as
  select * from reservations union all select * from past_reservations;
create view all_booking_requests with (security_invoker = true) as
  select * from booking_requests union all select * from past_booking_requests;
grant select on all_reservations, all_booking_requests to headwaiter_gateway;

-- Guests who are to be forgotten are forgotten in the past, too. First among the reservations, then among the past ones: one that
-- is being moved is waited for by the first statement, and is there for the second.
create policy every_restaurant on past_reservations to headwaiter_worker using (true);
-- For this function, which is the worker's; its code never asks for them.
grant select, update (client_id, notes, cancel_reason) on past_reservations to headwaiter_worker;

create or replace function forget_notes() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Also when they were anonymized before: somebody may have come, and been noted, since.
  if tg_op = 'DELETE' or new.anonymized_at is not null then
    update reservations
       set notes = null, cancel_reason = null, client_id = case when tg_op <> 'DELETE' then client_id end
     where restaurant_id = old.restaurant_id and client_id = old.id;
    update past_reservations
       set notes = null, cancel_reason = null, client_id = case when tg_op <> 'DELETE' then client_id end
     where restaurant_id = old.restaurant_id and client_id = old.id;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
