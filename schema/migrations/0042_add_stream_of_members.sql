ALTER TABLE "onefold"."profile_members" ADD COLUMN "stream" uuid;--> statement-breakpoint
UPDATE "onefold"."profile_members" AS member SET stream = record.stream
FROM "onefold"."records" AS record WHERE record.record_id = member.record_id AND record.stream IS NOT NULL;
