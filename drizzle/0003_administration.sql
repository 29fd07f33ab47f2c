CREATE INDEX "audit_events_by_kind" ON "audit_events" USING btree ("type","outcome","at");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ((detail ->> 'actorId'),"at") WHERE detail ->> 'actorId' is not null;--> statement-breakpoint
CREATE INDEX "users_by_creation" ON "users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_by_address" ON "users" USING btree (coalesce("email", '') collate "C","id");--> statement-breakpoint
CREATE INDEX "users_by_phone" ON "users" USING btree ("phone" collate "C");--> statement-breakpoint
CREATE INDEX "users_by_first_name" ON "users" USING btree (lower("first_name") collate "C");--> statement-breakpoint
CREATE INDEX "users_by_last_name" ON "users" USING btree (lower("last_name") collate "C");--> statement-breakpoint
CREATE INDEX "users_by_company" ON "users" USING btree (lower("company_name") collate "C");--> statement-breakpoint
CREATE INDEX "users_deactivated" ON "users" USING btree ("created_at","id") WHERE not is_active;--> statement-breakpoint
CREATE INDEX "users_proved" ON "users" USING btree ("created_at","id") WHERE email_verified_at is not null;--> statement-breakpoint
CREATE INDEX "users_unproved" ON "users" USING btree ("created_at","id") WHERE email_verified_at is null;--> statement-breakpoint
CREATE INDEX "users_with_roles" ON "users" USING btree ("created_at","id") WHERE roles <> '{}';