CREATE TABLE "traffic" (
	"service" text NOT NULL,
	"environment" text NOT NULL,
	"region" text NOT NULL,
	"generation" integer NOT NULL,
	"split" json NOT NULL,
	"before" json NOT NULL,
	"safe" json,
	"deployment" integer NOT NULL,
	"intended_at" bigint NOT NULL,
	"confirmed_at" bigint,
	CONSTRAINT "traffic_service_environment_region_pk" PRIMARY KEY("service","environment","region")
);
