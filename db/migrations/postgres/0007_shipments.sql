CREATE TABLE "shipment" (
	"number" integer PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"repository" text NOT NULL,
	"branch" text NOT NULL,
	"phase" text NOT NULL,
	"event_version" integer NOT NULL,
	"requested_at" bigint NOT NULL,
	"ended_at" bigint,
	"published_version" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shipment_event" (
	"shipment" integer NOT NULL,
	"version" integer NOT NULL,
	"at" bigint NOT NULL,
	"type" text NOT NULL,
	"data" json NOT NULL,
	"by" json NOT NULL,
	"why" text,
	CONSTRAINT "shipment_event_shipment_version_pk" PRIMARY KEY("shipment","version")
);
--> statement-breakpoint
CREATE TABLE "shipment_post" (
	"id" text PRIMARY KEY NOT NULL,
	"shipment" integer NOT NULL,
	"event" integer NOT NULL,
	"state" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text,
	"permalink" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" bigint DEFAULT 0 NOT NULL,
	"problem" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "shipment_one_of_a_branch" ON "shipment" USING btree ("repository","branch") WHERE "shipment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "shipment_post_by_shipment" ON "shipment_post" USING btree ("shipment","event");--> statement-breakpoint
CREATE INDEX "shipment_post_open" ON "shipment_post" USING btree ("not_before") WHERE "shipment_post"."state" in ('pending', 'sending');