-- Rows are sealed for their place, so they cannot be moved without the master key. Nothing was released before pages.
DO $$ BEGIN
  IF EXISTS (SELECT FROM onefold.raw_records) THEN
    RAISE EXCEPTION 'This database was filled by a preview of Onefold that kept its ledger row by row. Start with an empty database and take the files in again.';
  END IF;
END $$;
--> statement-breakpoint
CREATE SEQUENCE "onefold"."ledger_page_ids" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "onefold"."due_pages" (
	"page_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."event_ids" (
	"event_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."ledger_pages" (
	"page_id" bigint PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"first_row" integer NOT NULL,
	"outcomes" text NOT NULL,
	"lines" integer[] NOT NULL,
	"record_ids" uuid[] NOT NULL,
	"fingerprints" uuid[] NOT NULL,
	"issues" text[],
	"sealed" "bytea"
);
--> statement-breakpoint
CREATE TABLE "onefold"."record_versions" (
	"record_id" uuid NOT NULL,
	"fingerprint" uuid NOT NULL,
	CONSTRAINT "record_versions_pkey" PRIMARY KEY("record_id","fingerprint")
);
--> statement-breakpoint
ALTER TABLE "onefold"."records" DROP CONSTRAINT "records_resolution_known";--> statement-breakpoint
DROP INDEX "onefold"."records_unresolved";--> statement-breakpoint
ALTER TABLE "onefold"."events" DROP CONSTRAINT "events_pkey";--> statement-breakpoint
ALTER TABLE "onefold"."records" ALTER COLUMN "seq" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "onefold"."records" ALTER COLUMN "stream" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "onefold"."records" ALTER COLUMN "received_at" SET DEFAULT now();--> statement-breakpoint
ALTER TABLE "onefold"."quarantine" ADD COLUMN "line" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "onefold"."quarantine" ADD COLUMN "held_fingerprint" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "onefold"."quarantine" ADD COLUMN "outcome" text DEFAULT 'quarantined' NOT NULL;--> statement-breakpoint
ALTER TABLE "onefold"."quarantine" ADD COLUMN "record_id" uuid;--> statement-breakpoint
ALTER TABLE "onefold"."quarantine" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "onefold"."records" ADD COLUMN "place" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_pages_by_delivery" ON "onefold"."ledger_pages" USING btree ("delivery_id","first_row");--> statement-breakpoint
CREATE INDEX "records_unresolved" ON "onefold"."records" USING btree ("seq") WHERE resolution in ('new', 'keyed', 'compared');--> statement-breakpoint
ALTER TABLE "onefold"."quarantine" ADD CONSTRAINT "quarantine_outcome_known" CHECK ("onefold"."quarantine"."outcome" in ('accepted', 'duplicate', 'quarantined', 'rejected', 'erased'));--> statement-breakpoint
ALTER TABLE "onefold"."records" ADD CONSTRAINT "records_resolution_known" CHECK ("onefold"."records"."resolution" in ('received', 'new', 'keyed', 'compared', 'resolved'));--> statement-breakpoint
-- Ciphertext does not get smaller.
ALTER TABLE "onefold"."ledger_pages" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;
