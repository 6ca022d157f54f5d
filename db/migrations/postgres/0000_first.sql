CREATE TABLE "arrival" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"payload" json NOT NULL,
	"received_at" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"finished_at" bigint,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "deployment" (
	"number" integer PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"environment" text NOT NULL,
	"channel" text NOT NULL,
	"phase" text NOT NULL,
	"version" text NOT NULL,
	"event_version" integer NOT NULL,
	"generation" integer NOT NULL,
	"requested_at" bigint NOT NULL,
	"started_at" bigint,
	"ended_at" bigint,
	"occupies" boolean NOT NULL,
	"published_version" integer DEFAULT 0 NOT NULL,
	"refresh_at" bigint
);
--> statement-breakpoint
CREATE TABLE "deployment_event" (
	"deployment" integer NOT NULL,
	"version" integer NOT NULL,
	"at" bigint NOT NULL,
	"type" text NOT NULL,
	"data" json NOT NULL,
	"by" json NOT NULL,
	"why" text,
	"cause" text NOT NULL,
	"part" integer NOT NULL,
	CONSTRAINT "deployment_event_deployment_version_pk" PRIMARY KEY("deployment","version")
);
--> statement-breakpoint
CREATE TABLE "engine" (
	"id" integer PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"owner" text NOT NULL,
	"since" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operation" (
	"run_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"attempt" integer NOT NULL,
	"running" boolean NOT NULL,
	"unknown" boolean NOT NULL,
	"due_at" bigint,
	"outcome" json,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "operation_run_id_sequence_pk" PRIMARY KEY("run_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "post" (
	"id" text PRIMARY KEY NOT NULL,
	"deployment" integer NOT NULL,
	"event" integer NOT NULL,
	"state" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" bigint DEFAULT 0 NOT NULL,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" text PRIMARY KEY NOT NULL,
	"job" text NOT NULL,
	"version" integer,
	"key" text,
	"input" json NOT NULL,
	"status" text NOT NULL,
	"position" integer NOT NULL,
	"start_at" bigint NOT NULL,
	"priority" integer NOT NULL,
	"abort_by" text,
	"abort_reason" text,
	"paused" boolean NOT NULL,
	"paused_by" text,
	"output" json,
	"error_name" text,
	"error" text,
	"created_at" bigint NOT NULL,
	"started_at" bigint,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "signal" (
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"id" text NOT NULL,
	"position" integer NOT NULL,
	"value" json NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL,
	"taken_by" integer,
	CONSTRAINT "signal_run_id_name_id_pk" PRIMARY KEY("run_id","name","id")
);
--> statement-breakpoint
CREATE INDEX "arrival_open" ON "arrival" USING btree ("received_at") WHERE "arrival"."finished_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_one_occupies" ON "deployment" USING btree ("service","environment") WHERE "deployment"."occupies";--> statement-breakpoint
CREATE INDEX "deployment_by_place" ON "deployment" USING btree ("service","environment","number");--> statement-breakpoint
CREATE INDEX "deployment_unfinished" ON "deployment" USING btree ("number") WHERE "deployment"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_event_once_per_cause" ON "deployment_event" USING btree ("deployment","cause","part");--> statement-breakpoint
CREATE INDEX "post_by_deployment" ON "post" USING btree ("deployment","event");--> statement-breakpoint
CREATE INDEX "post_open" ON "post" USING btree ("not_before") WHERE "post"."state" in ('pending', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "run_one_active_per_key" ON "run" USING btree ("key") WHERE "run"."status" = 'active' and "run"."key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "run_by_position" ON "run" USING btree ("position");--> statement-breakpoint
CREATE INDEX "run_by_status" ON "run" USING btree ("status","start_at");--> statement-breakpoint
CREATE INDEX "signal_waiting" ON "signal" USING btree ("run_id","name","position") WHERE "signal"."taken_by" is null;