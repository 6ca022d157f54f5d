CREATE TABLE `announcement` (
	`id` text PRIMARY KEY NOT NULL,
	`about` text NOT NULL,
	`tells` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`ts` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`stale_at` integer,
	`problem` text
);
--> statement-breakpoint
CREATE INDEX `announcement_about` ON `announcement` (`about`);--> statement-breakpoint
CREATE INDEX `announcement_open` ON `announcement` (`not_before`) WHERE "announcement"."state" in ('pending', 'sending');--> statement-breakpoint
CREATE TABLE `freeze` (
	`number` integer PRIMARY KEY NOT NULL,
	`services` text,
	`environments` text,
	`owner` text NOT NULL,
	`reason` text NOT NULL,
	`from` integer NOT NULL,
	`until` integer NOT NULL,
	`placed_at` integer NOT NULL,
	`lifted_at` integer,
	`lifted_by` text,
	`lifted_why` text
);
--> statement-breakpoint
CREATE INDEX `freeze_ahead` ON `freeze` (`until`) WHERE "freeze"."lifted_at" is null;--> statement-breakpoint
CREATE TABLE `lock` (
	`number` integer PRIMARY KEY NOT NULL,
	`environment` text NOT NULL,
	`service` text,
	`owner` text NOT NULL,
	`reason` text NOT NULL,
	`placed_at` integer NOT NULL,
	`until` integer NOT NULL,
	`version` integer NOT NULL,
	`released_at` integer,
	`released_by` text,
	`released_why` text
);
--> statement-breakpoint
CREATE INDEX `lock_in_force` ON `lock` (`until`) WHERE "lock"."released_at" is null;--> statement-breakpoint
CREATE TABLE `restriction_event` (
	`restriction` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL,
	`by` text NOT NULL,
	`why` text,
	PRIMARY KEY(`restriction`, `version`)
);
