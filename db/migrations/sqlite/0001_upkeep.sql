ALTER TABLE `run` ADD `first_sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `run` ADD `retried_by` text;--> statement-breakpoint
ALTER TABLE `run` ADD `purged_at` integer;--> statement-breakpoint
CREATE INDEX `run_flagged` ON `run` (`id`) WHERE "run"."status" = 'active' and ("run"."abort_by" is not null or "run"."paused");--> statement-breakpoint
CREATE INDEX `run_to_purge` ON `run` (`ended_at`) WHERE "run"."ended_at" is not null and "run"."purged_at" is null and "run"."status" <> 'stuck';--> statement-breakpoint
CREATE INDEX `arrival_finished` ON `arrival` (`finished_at`) WHERE "arrival"."finished_at" is not null;