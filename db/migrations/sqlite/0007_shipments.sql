CREATE TABLE `shipment` (
	`number` integer PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`repository` text NOT NULL,
	`branch` text NOT NULL,
	`phase` text NOT NULL,
	`event_version` integer NOT NULL,
	`requested_at` integer NOT NULL,
	`ended_at` integer,
	`published_version` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shipment_one_of_a_branch` ON `shipment` (`repository`,`branch`) WHERE "shipment"."ended_at" is null;--> statement-breakpoint
CREATE TABLE `shipment_event` (
	`shipment` integer NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`by` text NOT NULL,
	`why` text,
	PRIMARY KEY(`shipment`, `version`)
);
--> statement-breakpoint
CREATE TABLE `shipment_post` (
	`id` text PRIMARY KEY NOT NULL,
	`shipment` integer NOT NULL,
	`event` integer NOT NULL,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text,
	`permalink` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`problem` text
);
--> statement-breakpoint
CREATE INDEX `shipment_post_by_shipment` ON `shipment_post` (`shipment`,`event`);--> statement-breakpoint
CREATE INDEX `shipment_post_open` ON `shipment_post` (`not_before`) WHERE "shipment_post"."state" in ('pending', 'sending');