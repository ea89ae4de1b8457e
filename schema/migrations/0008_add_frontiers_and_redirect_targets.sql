ALTER TABLE "onefold"."audit_roots" ADD COLUMN "frontier" "bytea";--> statement-breakpoint
CREATE INDEX "redirects_by_target" ON "onefold"."redirects" USING btree ("to_profile") WHERE until is null;