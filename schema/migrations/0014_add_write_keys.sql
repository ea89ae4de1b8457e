CREATE TABLE "onefold"."write_keys" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"hash" uuid NOT NULL,
	"source" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "write_keys_hash_unique" UNIQUE("hash")
);
