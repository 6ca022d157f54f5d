CREATE TABLE "recurring" (
	"number" integer PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"environment" text NOT NULL,
	"ref" text,
	"strategy" text,
	"cron" text NOT NULL,
	"zone" text NOT NULL,
	"owner" text NOT NULL,
	"reason" text,
	"placed_at" bigint NOT NULL,
	"next_at" bigint NOT NULL,
	"problem_at" bigint,
	"problem" text,
	"cancelled_at" bigint,
	"cancelled_by" json,
	"cancelled_why" text
);
--> statement-breakpoint
CREATE INDEX "recurring_in_force" ON "recurring" USING btree ("number") WHERE "recurring"."cancelled_at" is null;