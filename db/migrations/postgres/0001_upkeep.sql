ALTER TABLE "run" ADD COLUMN "first_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "retried_by" text;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "purged_at" bigint;--> statement-breakpoint
CREATE INDEX "arrival_finished" ON "arrival" USING btree ("finished_at") WHERE "arrival"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX "run_flagged" ON "run" USING btree ("id") WHERE "run"."status" = 'active' and ("run"."abort_by" is not null or "run"."paused");--> statement-breakpoint
CREATE INDEX "run_to_purge" ON "run" USING btree ("ended_at") WHERE "run"."ended_at" is not null and "run"."purged_at" is null and "run"."status" <> 'stuck';