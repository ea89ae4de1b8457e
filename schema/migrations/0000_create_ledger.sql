CREATE SCHEMA IF NOT EXISTS "onefold";
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS "onefold_out";
--> statement-breakpoint
CREATE TABLE "onefold"."audit_log" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."audit_roots" (
	"count" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."blocked_identifiers" (
	"hash" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"blocked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."blocking_keys" (
	"key" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"rule" smallint NOT NULL,
	"refined" bigint[],
	CONSTRAINT "blocking_keys_pkey" PRIMARY KEY("key","record_id")
);
--> statement-breakpoint
CREATE TABLE "onefold"."chunks" (
	"run_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"chunk_no" integer NOT NULL,
	"reference" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"checkpoint" jsonb,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error_code" text,
	"not_before" timestamp with time zone,
	"rung_at" timestamp with time zone,
	CONSTRAINT "chunks_pkey" PRIMARY KEY("run_id","stage","chunk_no"),
	CONSTRAINT "chunks_state_known" CHECK ("onefold"."chunks"."state" in ('waiting', 'leased', 'done', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."deliveries" (
	"delivery_id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"source" text NOT NULL,
	"sealed_path" "bytea" NOT NULL,
	"mark" uuid NOT NULL,
	"bytes" bigint NOT NULL,
	"reading" jsonb NOT NULL,
	"columns" text[] DEFAULT '{}' NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"notices" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."events" (
	"event_id" uuid NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"order_key" uuid,
	"quantity" double precision,
	"amount" double precision,
	"currency" text,
	CONSTRAINT "events_pkey" PRIMARY KEY("event_id","occurred_at")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "onefold"."features" (
	"profile_id" uuid PRIMARY KEY NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"purchases" integer NOT NULL,
	"total_spent" double precision NOT NULL,
	"average_order_value" double precision,
	"first_purchase_at" timestamp with time zone,
	"last_purchase_at" timestamp with time zone,
	"recency_days" integer,
	"purchases_30d" integer NOT NULL,
	"sessions" integer NOT NULL,
	"sessions_30d" integer NOT NULL,
	"last_active_at" timestamp with time zone,
	"days_since_last_active" integer,
	"average_session_seconds" double precision,
	"bounce_rate" double precision,
	"page_views" integer NOT NULL,
	"sends" integer NOT NULL,
	"opens" integer NOT NULL,
	"clicks" integer NOT NULL,
	"r" smallint,
	"f" smallint,
	"m" smallint,
	"rfm_score" smallint,
	"recency_percentile" double precision,
	"frequency_percentile" double precision,
	"monetary_percentile" double precision
);
--> statement-breakpoint
CREATE TABLE "onefold"."identifiers" (
	"hash" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "identifiers_pkey" PRIMARY KEY("hash","record_id")
);
--> statement-breakpoint
CREATE TABLE "onefold"."installation" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"key_mark" "bytea" NOT NULL,
	CONSTRAINT "installation_is_one" CHECK ("onefold"."installation"."only")
);
--> statement-breakpoint
CREATE TABLE "onefold"."judgements" (
	"record_a" uuid NOT NULL,
	"record_b" uuid NOT NULL,
	"verdict" text NOT NULL,
	"because" text NOT NULL,
	"identifier_kind" text,
	"weight_bits" real NOT NULL,
	"levels" smallint[] NOT NULL,
	"model_version" text NOT NULL,
	"judged_at" timestamp with time zone NOT NULL,
	CONSTRAINT "judgements_pkey" PRIMARY KEY("record_a","record_b"),
	CONSTRAINT "judgements_ordered" CHECK ("onefold"."judgements"."record_a" < "onefold"."judgements"."record_b"),
	CONSTRAINT "judgements_verdict_known" CHECK ("onefold"."judgements"."verdict" in ('match', 'review', 'distinct'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."merges" (
	"merge_no" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "onefold"."merges_no" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"from_profile" uuid NOT NULL,
	"to_profile" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "merges_kind_known" CHECK ("onefold"."merges"."kind" in ('merged', 'split'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."outbox" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "onefold"."outbox_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"payload" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."profile_members" (
	"record_id" uuid PRIMARY KEY NOT NULL,
	"profile_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold_out"."profile_redirects" (
	"from_profile_id" text PRIMARY KEY NOT NULL,
	"to_profile_id" text NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."profile_revisions" (
	"profile_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"generalized" jsonb NOT NULL,
	"fingerprint" uuid NOT NULL,
	"composed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "profile_revisions_pkey" PRIMARY KEY("profile_id","revision")
);
--> statement-breakpoint
CREATE TABLE "onefold"."profiles" (
	"profile_id" uuid PRIMARY KEY NOT NULL,
	"pseudonym" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"dissolved_at" timestamp with time zone,
	"revision" integer DEFAULT 0 NOT NULL,
	"stale" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold_out"."segment_memberships" (
	"profile_id" text NOT NULL,
	"segment_id" text NOT NULL,
	"version" integer NOT NULL,
	"reason" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	CONSTRAINT "out_segment_memberships_pkey" PRIMARY KEY("profile_id","segment_id","version","valid_from")
);
--> statement-breakpoint
CREATE TABLE "onefold_out"."segments" (
	"segment_id" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"owner" text NOT NULL,
	"members" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	CONSTRAINT "out_segments_pkey" PRIMARY KEY("segment_id","version")
);
--> statement-breakpoint
CREATE TABLE "onefold"."quality_results" (
	"run_id" uuid NOT NULL,
	"source" text NOT NULL,
	"code" text NOT NULL,
	"field" text NOT NULL,
	"severity" text NOT NULL,
	"checked" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"threshold" double precision,
	CONSTRAINT "quality_results_pkey" PRIMARY KEY("run_id","source","code","field","severity")
);
--> statement-breakpoint
CREATE TABLE "onefold"."quarantine" (
	"delivery_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"source" text NOT NULL,
	"fingerprint" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"issues" jsonb NOT NULL,
	"sealed_fix" "bytea",
	"quarantined_at" timestamp with time zone NOT NULL,
	"replayed_at" timestamp with time zone,
	CONSTRAINT "quarantine_pkey" PRIMARY KEY("delivery_id","row_no"),
	CONSTRAINT "quarantine_state_known" CHECK ("onefold"."quarantine"."state" in ('open', 'fixed', 'replayed'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."raw_records" (
	"delivery_id" uuid NOT NULL,
	"row_no" integer NOT NULL,
	"line" integer NOT NULL,
	"outcome" text NOT NULL,
	"record_id" uuid,
	"fingerprint" uuid NOT NULL,
	"sealed" "bytea",
	"issues" text[],
	CONSTRAINT "raw_records_pkey" PRIMARY KEY("delivery_id","row_no"),
	CONSTRAINT "raw_records_outcome_known" CHECK ("onefold"."raw_records"."outcome" in ('accepted', 'duplicate', 'quarantined', 'rejected', 'erased'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."records" (
	"record_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "onefold"."records_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"fingerprint" uuid,
	"sealed" "bytea",
	"versions" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone,
	"received_at" timestamp with time zone NOT NULL,
	"stream" uuid NOT NULL,
	"resolution" text DEFAULT 'new' NOT NULL,
	"unstitched" boolean DEFAULT false NOT NULL,
	CONSTRAINT "records_kind_known" CHECK ("onefold"."records"."kind" in ('person', 'actor')),
	CONSTRAINT "records_resolution_known" CHECK ("onefold"."records"."resolution" in ('new', 'keyed', 'compared', 'resolved'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."redirects" (
	"from_profile" uuid NOT NULL,
	"to_profile" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "redirects_pkey" PRIMARY KEY("from_profile","since")
);
--> statement-breakpoint
CREATE TABLE "onefold"."repeat_counts" (
	"delivery_id" uuid NOT NULL,
	"content" uuid NOT NULL,
	"seen" integer NOT NULL,
	CONSTRAINT "repeat_counts_pkey" PRIMARY KEY("delivery_id","content")
);
--> statement-breakpoint
CREATE TABLE "onefold"."reviews" (
	"record_a" uuid NOT NULL,
	"record_b" uuid NOT NULL,
	"reason" text NOT NULL,
	"weight_bits" real NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reviews_pkey" PRIMARY KEY("record_a","record_b"),
	CONSTRAINT "reviews_reason_known" CHECK ("onefold"."reviews"."reason" in ('score', 'identifier_limit', 'never_link', 'cohesion'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."runs" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"source" text,
	"params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"stages" text[] NOT NULL,
	"state" text NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error_code" text,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_state_known" CHECK ("onefold"."runs"."state" in ('open', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "onefold"."scorings" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"method" text NOT NULL,
	"cut_points" jsonb NOT NULL,
	"scored" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."segment_memberships" (
	"profile_id" uuid NOT NULL,
	"segment_id" text NOT NULL,
	"version" integer NOT NULL,
	"reason" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	CONSTRAINT "segment_memberships_pkey" PRIMARY KEY("profile_id","segment_id","version","valid_from")
);
--> statement-breakpoint
CREATE TABLE "onefold"."segments" (
	"segment_id" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"owner" text NOT NULL,
	"review_date" text NOT NULL,
	CONSTRAINT "segments_pkey" PRIMARY KEY("segment_id","version")
);
--> statement-breakpoint
CREATE TABLE "onefold"."sessions" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"profile_id" uuid NOT NULL,
	"stream" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"events" integer NOT NULL,
	"page_views" integer NOT NULL,
	"bounced" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold_out"."unified_profiles" (
	"profile_id" text PRIMARY KEY NOT NULL,
	"age_band" text,
	"sex" text,
	"country" text,
	"region" text,
	"postcode_prefix" text,
	"language" text,
	"has_email" boolean NOT NULL,
	"has_phone" boolean NOT NULL,
	"email_class" text NOT NULL,
	"records" integer NOT NULL,
	"sources" text[] NOT NULL,
	"last_active_at" timestamp with time zone,
	"purchases" integer NOT NULL,
	"total_spent" double precision NOT NULL,
	"average_order_value" double precision,
	"last_purchase_at" timestamp with time zone,
	"recency_days" integer,
	"sessions" integer NOT NULL,
	"sessions_30d" integer NOT NULL,
	"r" smallint,
	"f" smallint,
	"m" smallint,
	"rfm_score" smallint,
	"segments" text[] NOT NULL,
	"revision" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "blocking_keys_by_record" ON "onefold"."blocking_keys" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "chunks_due" ON "onefold"."chunks" USING btree ("state","lease_until") WHERE state in ('waiting', 'leased');--> statement-breakpoint
CREATE INDEX "deliveries_by_source" ON "onefold"."deliveries" USING btree ("source","received_at");--> statement-breakpoint
CREATE INDEX "deliveries_by_run" ON "onefold"."deliveries" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "deliveries_by_mark" ON "onefold"."deliveries" USING btree ("mark");--> statement-breakpoint
CREATE INDEX "events_by_actor" ON "onefold"."events" USING btree ("actor_id","occurred_at");--> statement-breakpoint
CREATE INDEX "identifiers_by_record" ON "onefold"."identifiers" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "judgements_by_b" ON "onefold"."judgements" USING btree ("record_b");--> statement-breakpoint
CREATE INDEX "merges_by_from" ON "onefold"."merges" USING btree ("from_profile");--> statement-breakpoint
CREATE INDEX "merges_by_to" ON "onefold"."merges" USING btree ("to_profile");--> statement-breakpoint
CREATE INDEX "outbox_by_subject" ON "onefold"."outbox" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "profile_members_by_profile" ON "onefold"."profile_members" USING btree ("profile_id");--> statement-breakpoint
CREATE UNIQUE INDEX "profiles_pseudonym_unique" ON "onefold"."profiles" USING btree ("pseudonym");--> statement-breakpoint
CREATE INDEX "profiles_stale" ON "onefold"."profiles" USING btree ("profile_id") WHERE stale;--> statement-breakpoint
CREATE INDEX "out_segment_memberships_by_segment" ON "onefold_out"."segment_memberships" USING btree ("segment_id","valid_to");--> statement-breakpoint
CREATE UNIQUE INDEX "quarantine_held_once" ON "onefold"."quarantine" USING btree ("fingerprint") WHERE state <> 'replayed';--> statement-breakpoint
CREATE INDEX "quarantine_open" ON "onefold"."quarantine" USING btree ("source","quarantined_at") WHERE state <> 'replayed';--> statement-breakpoint
CREATE UNIQUE INDEX "raw_records_accepted_once" ON "onefold"."raw_records" USING btree ("fingerprint") WHERE outcome = 'accepted';--> statement-breakpoint
CREATE INDEX "raw_records_by_outcome" ON "onefold"."raw_records" USING btree ("outcome","delivery_id") WHERE outcome in ('quarantined', 'rejected');--> statement-breakpoint
CREATE INDEX "records_unresolved" ON "onefold"."records" USING btree ("seq") WHERE resolution <> 'resolved';--> statement-breakpoint
CREATE INDEX "records_unstitched" ON "onefold"."records" USING btree ("seq") WHERE unstitched;--> statement-breakpoint
CREATE INDEX "runs_by_state" ON "onefold"."runs" USING btree ("state","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_open_path" ON "onefold"."runs" USING btree ("kind") WHERE kind = 'pipeline' and state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "segment_memberships_one_open" ON "onefold"."segment_memberships" USING btree ("profile_id","segment_id","version") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "segment_memberships_open_by_segment" ON "onefold"."segment_memberships" USING btree ("segment_id") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "sessions_by_profile" ON "onefold"."sessions" USING btree ("profile_id","started_at");