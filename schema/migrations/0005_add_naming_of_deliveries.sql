ALTER TABLE "onefold"."deliveries" ADD COLUMN "naming" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_by_naming" ON "onefold"."deliveries" USING btree ("source","naming");