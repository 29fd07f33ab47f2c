CREATE TABLE "user_metadata" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"public" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"private" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_metadata_objects" CHECK (jsonb_typeof(public) = 'object' and jsonb_typeof(private) = 'object')
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"type" text NOT NULL,
	"endpoint" text NOT NULL,
	"event" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_deliveries_state" CHECK (state in ('pending', 'sent', 'dead'))
);
--> statement-breakpoint
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_end_reason";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "webhook_pending" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "recipient" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "impersonator_id" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "permissions" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "user_metadata" ADD CONSTRAINT "user_metadata_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("endpoint","next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_given_up" ON "webhook_deliveries" USING btree ("id") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_by_finish" ON "webhook_deliveries" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "audit_events_webhook_pending" ON "audit_events" USING btree ("id") WHERE webhook_pending;--> statement-breakpoint
CREATE INDEX "outbox_given_up" ON "outbox" USING btree ("id") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "sessions_by_impersonator" ON "sessions" USING btree ("impersonator_id") WHERE impersonator_id is not null and ended_at is null;--> statement-breakpoint
CREATE INDEX "users_by_permission" ON "users" USING gin ("permissions");--> statement-breakpoint
CREATE INDEX "users_by_email_domain" ON "users" USING btree (split_part("email", '@', 2) collate "C","created_at","id");--> statement-breakpoint
CREATE INDEX "users_by_last_login" ON "users" USING btree (coalesce("last_login_at", '-infinity'),"id");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_end_reason" CHECK (end_reason in ('logout', 'logout-all', 'revoked', 'reused', 'password-changed', 'email-changed', 'not-me', 'session-limit', 'impersonator-lost-role', 'deactivated', 'deleted'));