CREATE TABLE "onefold"."session_cuts" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"cuts" jsonb NOT NULL,
	CONSTRAINT "session_cuts_are_one" CHECK ("onefold"."session_cuts"."only")
);
