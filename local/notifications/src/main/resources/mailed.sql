create table if not exists mailed (
  restaurant_id bigint not null,
  reservation_id bigint not null,
  recipient varchar(5) not null,
  version int not null,
  mailed_at timestamp with time zone default current_timestamp not null,
  primary key (restaurant_id, reservation_id, recipient)
);

-- An hour before the first start, so that what was booked while everything was being put up is mailed about.
create table if not exists beginning (since timestamp with time zone not null);
insert into beginning (since)
select current_timestamp - interval '1' hour where not exists (select 1 from beginning);
