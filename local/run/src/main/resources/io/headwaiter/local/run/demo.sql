-- Four restaurants to try things on, and the keys that reach them. Run once, in one transaction, on a database that
-- has no restaurant yet. The keys are known to everybody: for the local run only.

insert into restaurants (id, name, time_zone) values
  (1, 'Taberna del Prado', 'Europe/Madrid'),
  (2, 'Night Owl', 'America/New_York'),
  (3, 'Mesa Única', 'Europe/Madrid'),
  (4, 'The hall', 'UTC')
on conflict do nothing;

-- Everywhere: a slot each 15 minutes, 15 minutes between parties, no notice, 400 days ahead.
update restaurants
   set slot_step_minutes = 15, buffer_minutes = 15, notice_minutes = 0, horizon_days = 400, turn_minutes = 150
 where id between 1 and 4;

insert into turn_times (restaurant_id, party_up_to, minutes)
select r, t.party_up_to, t.minutes
  from generate_series(1, 4) r, (values (2, 90), (6, 120), (20, 150)) t (party_up_to, minutes)
on conflict do nothing;

insert into opening_hours (restaurant_id, weekday, opens, closes)
select 1, weekday, time '12:00', time '23:30' from generate_series(1, 7) weekday
union all
-- Closed on Mondays; past midnight.
select 2, weekday, time '17:00', time '02:00' from generate_series(2, 7) weekday
union all
select r, weekday, time '00:00', time '00:00' from generate_series(3, 4) r, generate_series(1, 7) weekday
on conflict do nothing;

insert into dining_tables (restaurant_id, name, smallest_party, capacity)
select restaurant_id, 'Table ' || row_number() over (partition by restaurant_id order by capacity, copy), 1, capacity
  from (
    select 1 restaurant_id, capacity, copy from (values (2, 1), (2, 2), (4, 1), (4, 2), (6, 1)) t (capacity, copy)
    union all
    select 2, capacity, copy from generate_series(2, 10, 2) capacity, generate_series(1, 4) copy
    union all
    select 3, 4, 1
    union all
    select 4, capacity, copy from generate_series(2, 10, 2) capacity, generate_series(1, 40) copy
  ) tables
 order by restaurant_id, capacity, copy
on conflict do nothing;

insert into partners (id, name) values (1, 'Test partner'), (2, 'Other partner'), (3, 'Administrator'), (4, 'Notifications')
on conflict do nothing;

insert into api_keys (id, partner_id, key_hash, scopes) values
  (1, 1, sha256('test-api-key'::bytea), '{bookings,clients}'),
  (2, 2, sha256('other-api-key'::bytea), '{bookings,clients}'),
  (3, 3, sha256('admin-api-key'::bytea), '{bookings,clients,staff,setup,platform}'),
  -- Reads who is to be mailed.
  (4, 4, sha256('notifications-api-key'::bytea), '{clients}')
on conflict do nothing;

insert into api_key_restaurants (api_key_id, restaurant_id) values
  (1, 1), (2, 2), (1, 3), (1, 4), (4, 1), (4, 2), (4, 3), (4, 4)
on conflict do nothing;

-- Ids were given above; what comes next goes on after them.
select setval(pg_get_serial_sequence('restaurants', 'id'), (select max(id) from restaurants)),
       setval(pg_get_serial_sequence('partners', 'id'), (select max(id) from partners)),
       setval(pg_get_serial_sequence('api_keys', 'id'), (select max(id) from api_keys));
