ALTER TABLE "challenges" DROP CONSTRAINT "challenges_purpose";--> statement-breakpoint
ALTER TABLE "challenges" DROP CONSTRAINT "challenges_channel";--> statement-breakpoint
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_end_reason";--> statement-breakpoint
CREATE INDEX "sessions_by_device" ON "sessions" USING btree ("user_id","device");--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_purpose" CHECK (purpose in ('SIGN_UP', 'VERIFY_EMAIL', 'LOGIN_EMAIL', 'LOGIN_PHONE', 'VERIFY_PHONE', 'RESET_PASSWORD', 'NOT_ME', 'CHANGE_EMAIL', 'UNDO_EMAIL_CHANGE', 'SOCIAL_LOGIN', 'SOCIAL_LINK'));--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_channel" CHECK (channel in ('EMAIL', 'SMS', 'BROWSER'));--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_end_reason" CHECK (end_reason in ('logout', 'logout-all', 'revoked', 'reused', 'password-changed', 'email-changed', 'not-me', 'deactivated', 'deleted'));