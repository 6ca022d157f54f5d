CREATE TABLE "announcement" (
	"id" text PRIMARY KEY NOT NULL,
	"about" text NOT NULL,
	"tells" text NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"ts" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" bigint NOT NULL,
	"stale_at" bigint,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "freeze" (
	"number" integer PRIMARY KEY NOT NULL,
	"services" json,
	"environments" json,
	"owner" text NOT NULL,
	"reason" text NOT NULL,
	"from" bigint NOT NULL,
	"until" bigint NOT NULL,
	"placed_at" bigint NOT NULL,
	"lifted_at" bigint,
	"lifted_by" json,
	"lifted_why" text
);
--> statement-breakpoint
CREATE TABLE "lock" (
	"number" integer PRIMARY KEY NOT NULL,
	"environment" text NOT NULL,
	"service" text,
	"owner" text NOT NULL,
	"reason" text NOT NULL,
	"placed_at" bigint NOT NULL,
	"until" bigint NOT NULL,
	"version" integer NOT NULL,
	"released_at" bigint,
	"released_by" json,
	"released_why" text
);
--> statement-breakpoint
CREATE TABLE "restriction_event" (
	"restriction" text NOT NULL,
	"version" integer NOT NULL,
	"at" bigint NOT NULL,
	"data" json NOT NULL,
	"by" json NOT NULL,
	"why" text,
	CONSTRAINT "restriction_event_restriction_version_pk" PRIMARY KEY("restriction","version")
);
--> statement-breakpoint
CREATE INDEX "announcement_about" ON "announcement" USING btree ("about");--> statement-breakpoint
CREATE INDEX "announcement_open" ON "announcement" USING btree ("not_before") WHERE "announcement"."state" in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "freeze_ahead" ON "freeze" USING btree ("until") WHERE "freeze"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "lock_in_force" ON "lock" USING btree ("until") WHERE "lock"."released_at" is null;