CREATE TABLE "onefold"."models" (
	"version" integer PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"origin" text NOT NULL,
	"trained_records" integer NOT NULL,
	"applied_at" timestamp with time zone,
	"sealed" "bytea" NOT NULL
);
