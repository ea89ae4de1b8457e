CREATE TABLE "onefold"."due_ranges" (
	"due" text NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL
);
