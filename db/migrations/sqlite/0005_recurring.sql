CREATE TABLE `recurring` (
	`number` integer PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`environment` text NOT NULL,
	`ref` text,
	`strategy` text,
	`cron` text NOT NULL,
	`zone` text NOT NULL,
	`owner` text NOT NULL,
	`reason` text,
	`placed_at` integer NOT NULL,
	`next_at` integer NOT NULL,
	`problem_at` integer,
	`problem` text,
	`cancelled_at` integer,
	`cancelled_by` text,
	`cancelled_why` text
);
--> statement-breakpoint
CREATE INDEX `recurring_in_force` ON `recurring` (`number`) WHERE "recurring"."cancelled_at" is null;