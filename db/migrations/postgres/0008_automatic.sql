CREATE TABLE "automatic_hold" (
	"number" integer PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"environment" text NOT NULL,
	"deployment" integer,
	"by" json NOT NULL,
	"why" text,
	"at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_by" json,
	"ended_why" text
);
--> statement-breakpoint
CREATE TABLE "followed" (
	"number" integer PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"environment" text NOT NULL,
	"ref" text NOT NULL,
	"commit" text NOT NULL,
	"outcome" text NOT NULL,
	"says" text,
	"deployment" integer,
	"login" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seen_refs" (
	"repository" text PRIMARY KEY NOT NULL,
	"refs" json NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "told_push" (
	"repository" text NOT NULL,
	"ref" text NOT NULL,
	"commit" text NOT NULL,
	"login" text,
	"email" text,
	"at" bigint NOT NULL,
	CONSTRAINT "told_push_repository_ref_commit_pk" PRIMARY KEY("repository","ref","commit")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "automatic_hold_one" ON "automatic_hold" USING btree ("service","environment") WHERE "automatic_hold"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "followed_by_ref" ON "followed" USING btree ("service","environment","ref","number");