CREATE TABLE `traffic` (
	`service` text NOT NULL,
	`environment` text NOT NULL,
	`region` text NOT NULL,
	`generation` integer NOT NULL,
	`split` text NOT NULL,
	`before` text NOT NULL,
	`safe` text,
	`deployment` integer NOT NULL,
	`intended_at` integer NOT NULL,
	`confirmed_at` integer,
	PRIMARY KEY(`service`, `environment`, `region`)
);
