-- Nobody reads it any more.
alter table orders drop column legacy_reference;
