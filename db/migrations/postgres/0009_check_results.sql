CREATE TABLE "check_result" (
	"key" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"detail" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "check_result_by_age" ON "check_result" USING btree ("at");