-- A walk rewrites every row of these: with room on its page the new one needs no entries in indexes.
ALTER TABLE "onefold"."features" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "onefold_out"."unified_profiles" SET (fillfactor = 50);
