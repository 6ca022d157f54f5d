CREATE TABLE "vote" (
	"deployment" integer NOT NULL,
	"round" integer NOT NULL,
	"voter" text NOT NULL,
	"verdict" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "vote_deployment_round_voter_pk" PRIMARY KEY("deployment","round","voter")
);
