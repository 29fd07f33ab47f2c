CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"user_handle" text NOT NULL,
	"sign_count" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"aaguid" text NOT NULL,
	"is_backup_eligible" boolean NOT NULL,
	"is_backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "passkeys_sign_count" CHECK (sign_count >= 0)
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"user_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "recovery_codes_user_id_digest_pk" PRIMARY KEY("user_id","digest")
);
--> statement-breakpoint
CREATE TABLE "totp_factors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"sealed_secret" text NOT NULL,
	"algorithm" text NOT NULL,
	"digits" integer NOT NULL,
	"period" integer NOT NULL,
	"last_step" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "totp_factors_algorithm" CHECK (algorithm in ('SHA1', 'SHA256', 'SHA512')),
	CONSTRAINT "totp_factors_digits" CHECK (digits between 6 and 8),
	CONSTRAINT "totp_factors_period" CHECK (period between 15 and 120)
);
--> statement-breakpoint
ALTER TABLE "challenges" DROP CONSTRAINT "challenges_purpose";--> statement-breakpoint
ALTER TABLE "challenges" DROP CONSTRAINT "challenges_channel";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "authentication_methods" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "second_factor_required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_factors" ADD CONSTRAINT "totp_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential_key" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_by_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "passkeys_by_removal" ON "passkeys" USING btree ("removed_at") WHERE removed_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "totp_factors_user_key" ON "totp_factors" USING btree ("user_id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "totp_factors_by_user" ON "totp_factors" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "totp_factors_by_removal" ON "totp_factors" USING btree ("removed_at") WHERE removed_at is not null;--> statement-breakpoint
CREATE INDEX "users_with_second_factor" ON "users" USING btree ("created_at","id") WHERE second_factor_required;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_purpose" CHECK (purpose in ('SIGN_UP', 'VERIFY_EMAIL', 'LOGIN_EMAIL', 'LOGIN_PHONE', 'VERIFY_PHONE', 'RESET_PASSWORD', 'NOT_ME', 'CHANGE_EMAIL', 'UNDO_EMAIL_CHANGE', 'SOCIAL_LOGIN', 'SOCIAL_LINK', 'SIGN_IN_EMAIL', 'SECOND_FACTOR', 'TOTP_ENROLLMENT', 'PASSKEY_REGISTRATION', 'PASSKEY_LOGIN'));--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_channel" CHECK (channel in ('EMAIL', 'SMS', 'BROWSER', 'CLIENT'));