CREATE TABLE `arrival` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`received_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`finished_at` integer,
	`outcome` text
);
--> statement-breakpoint
CREATE INDEX `arrival_open` ON `arrival` (`received_at`) WHERE "arrival"."finished_at" is null;--> statement-breakpoint
CREATE TABLE `deployment` (
	`number` integer PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`environment` text NOT NULL,
	`channel` text NOT NULL,
	`phase` text NOT NULL,
	`version` text NOT NULL,
	`event_version` integer NOT NULL,
	`generation` integer NOT NULL,
	`requested_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`occupies` integer NOT NULL,
	`published_version` integer DEFAULT 0 NOT NULL,
	`refresh_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deployment_one_occupies` ON `deployment` (`service`,`environment`) WHERE "deployment"."occupies";--> statement-breakpoint
CREATE INDEX `deployment_by_place` ON `deployment` (`service`,`environment`,`number`);--> statement-breakpoint
CREATE INDEX `deployment_unfinished` ON `deployment` (`number`) WHERE "deployment"."ended_at" is null;--> statement-breakpoint
CREATE TABLE `deployment_event` (
	`deployment` integer NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`by` text NOT NULL,
	`why` text,
	`cause` text NOT NULL,
	`part` integer NOT NULL,
	PRIMARY KEY(`deployment`, `version`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deployment_event_once_per_cause` ON `deployment_event` (`deployment`,`cause`,`part`);--> statement-breakpoint
CREATE TABLE `engine` (
	`id` integer PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`owner` text NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `operation` (
	`run_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`attempt` integer NOT NULL,
	`running` integer NOT NULL,
	`unknown` integer NOT NULL,
	`due_at` integer,
	`outcome` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`run_id`, `sequence`)
);
--> statement-breakpoint
CREATE TABLE `post` (
	`id` text PRIMARY KEY NOT NULL,
	`deployment` integer NOT NULL,
	`event` integer NOT NULL,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`problem` text
);
--> statement-breakpoint
CREATE INDEX `post_by_deployment` ON `post` (`deployment`,`event`);--> statement-breakpoint
CREATE INDEX `post_open` ON `post` (`not_before`) WHERE "post"."state" in ('pending', 'sending');--> statement-breakpoint
CREATE TABLE `run` (
	`id` text PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`version` integer,
	`key` text,
	`input` text NOT NULL,
	`status` text NOT NULL,
	`position` integer NOT NULL,
	`start_at` integer NOT NULL,
	`priority` integer NOT NULL,
	`abort_by` text,
	`abort_reason` text,
	`paused` integer NOT NULL,
	`paused_by` text,
	`output` text,
	`error_name` text,
	`error` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `run_one_active_per_key` ON `run` (`key`) WHERE "run"."status" = 'active' and "run"."key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `run_by_position` ON `run` (`position`);--> statement-breakpoint
CREATE INDEX `run_by_status` ON `run` (`status`,`start_at`);--> statement-breakpoint
CREATE TABLE `signal` (
	`run_id` text NOT NULL,
	`name` text NOT NULL,
	`id` text NOT NULL,
	`position` integer NOT NULL,
	`value` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`taken_by` integer,
	PRIMARY KEY(`run_id`, `name`, `id`)
);
--> statement-breakpoint
CREATE INDEX `signal_waiting` ON `signal` (`run_id`,`name`,`position`) WHERE "signal"."taken_by" is null;