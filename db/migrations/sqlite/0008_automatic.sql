CREATE TABLE `automatic_hold` (
	`number` integer PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`environment` text NOT NULL,
	`deployment` integer,
	`by` text NOT NULL,
	`why` text,
	`at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	`ended_why` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `automatic_hold_one` ON `automatic_hold` (`service`,`environment`) WHERE "automatic_hold"."ended_at" is null;--> statement-breakpoint
CREATE TABLE `followed` (
	`number` integer PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`environment` text NOT NULL,
	`ref` text NOT NULL,
	`commit` text NOT NULL,
	`outcome` text NOT NULL,
	`says` text,
	`deployment` integer,
	`login` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `followed_by_ref` ON `followed` (`service`,`environment`,`ref`,`number`);--> statement-breakpoint
CREATE TABLE `seen_refs` (
	`repository` text PRIMARY KEY NOT NULL,
	`refs` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `told_push` (
	`repository` text NOT NULL,
	`ref` text NOT NULL,
	`commit` text NOT NULL,
	`login` text,
	`email` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`repository`, `ref`, `commit`)
);
