CREATE TABLE "onefold"."decisions" (
	"decision_no" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "onefold"."decisions_no" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"act_id" uuid NOT NULL,
	"record_a" uuid NOT NULL,
	"record_b" uuid NOT NULL,
	"verdict" text NOT NULL,
	"supersedes" bigint DEFAULT 0 NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sealed_note" "bytea",
	"taken_up_at" timestamp with time zone,
	CONSTRAINT "decisions_ordered" CHECK ("onefold"."decisions"."record_a" < "onefold"."decisions"."record_b"),
	CONSTRAINT "decisions_verdict_known" CHECK ("onefold"."decisions"."verdict" in ('same', 'different', 'unsure', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."model_applications" (
	"application_no" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "onefold"."model_applications_no" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"version" integer,
	"applied_by" text NOT NULL,
	"applied_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."protections" (
	"record_id" uuid PRIMARY KEY NOT NULL,
	"protected_by" text NOT NULL,
	"protected_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "onefold"."reviews" DROP CONSTRAINT "reviews_reason_known";--> statement-breakpoint
ALTER TABLE "onefold"."blocked_identifiers" ADD COLUMN "decided_by" text;--> statement-breakpoint
ALTER TABLE "onefold"."blocked_identifiers" ADD COLUMN "lifted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "onefold"."judgements" ADD COLUMN "in_group" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_successor" ON "onefold"."decisions" USING btree ("record_a","record_b","supersedes");--> statement-breakpoint
CREATE INDEX "decisions_by_b" ON "onefold"."decisions" USING btree ("record_b");--> statement-breakpoint
CREATE INDEX "decisions_by_act" ON "onefold"."decisions" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "decisions_not_taken_up" ON "onefold"."decisions" USING btree ("decision_no") WHERE taken_up_at is null;--> statement-breakpoint
ALTER TABLE "onefold"."reviews" ADD CONSTRAINT "reviews_reason_known" CHECK ("onefold"."reviews"."reason" in ('score', 'identifier_limit', 'never_link', 'cohesion', 'protection'));--> statement-breakpoint
-- Until now the newest model that a run had applied was the one to judge by.
INSERT INTO onefold.model_applications (version, applied_by, applied_at)
SELECT version, 'migration', applied_at FROM onefold.models WHERE applied_at IS NOT NULL ORDER BY version;
--> statement-breakpoint
-- What was decided and applied is only appended; a run may note that it took a decision up.
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'onefold_worker') THEN
    REVOKE UPDATE, DELETE ON onefold.decisions, onefold.model_applications FROM onefold_worker;
    GRANT UPDATE (taken_up_at) ON onefold.decisions TO onefold_worker;
  END IF;
END $$;
