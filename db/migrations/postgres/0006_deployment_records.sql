CREATE TABLE "deployment_record" (
	"deployment" integer PRIMARY KEY NOT NULL,
	"shown" integer NOT NULL,
	"host_id" integer,
	"not_before" bigint NOT NULL,
	"attempts" integer NOT NULL
);
