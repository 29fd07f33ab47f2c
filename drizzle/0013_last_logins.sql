CREATE TABLE "last_logins" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "users_by_last_login";--> statement-breakpoint
ALTER TABLE "last_logins" ADD CONSTRAINT "last_logins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "last_logins_by_time" ON "last_logins" USING btree ("at","user_id");--> statement-breakpoint
-- Names are resolved in the schema of the table, so that the triggers work with any search_path and after a restore.
CREATE FUNCTION "add_last_logins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('INSERT INTO %I.last_logins (user_id, at) SELECT id, coalesce(last_login_at, ''-infinity'') FROM created', tg_table_schema);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "update_last_login"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('UPDATE %I.last_logins SET at = coalesce($2, ''-infinity'') WHERE user_id = $1', tg_table_schema) USING new.id, new.last_login_at;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "add_last_logins" AFTER INSERT ON "users" REFERENCING NEW TABLE AS created FOR EACH STATEMENT EXECUTE FUNCTION "add_last_logins"();--> statement-breakpoint
CREATE TRIGGER "update_last_login" AFTER UPDATE OF "last_login_at" ON "users" FOR EACH ROW WHEN (old.last_login_at IS DISTINCT FROM new.last_login_at) EXECUTE FUNCTION "update_last_login"();--> statement-breakpoint
-- The locks keep a sign-in from being lost: its trigger finds no row yet, and this statement would not see its time.
INSERT INTO "last_logins" ("user_id", "at") SELECT "id", coalesce("last_login_at", '-infinity') FROM "users"
WHERE "users"."id" BETWEEN '00000000-0000-0000-0000-000000000000' AND 'ffffffff-ffff-ffff-ffff-ffffffffffff' FOR SHARE ON CONFLICT DO NOTHING;
