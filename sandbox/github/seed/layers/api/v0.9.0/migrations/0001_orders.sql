create table orders (
  id bigint generated always as identity primary key,
  customer text not null,
  legacy_reference text,
  placed_at timestamptz not null default now()
);
