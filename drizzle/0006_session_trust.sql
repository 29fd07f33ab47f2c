ALTER TABLE "sessions" ADD COLUMN "trust" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_trust" CHECK (trust in ('full', 'network', 'none')) NOT VALID;--> statement-breakpoint
-- A change to the account also concerns the sessions that had ended before it. They are grouped once: the planner does not know how
-- many users have an ID in a range, and would group them again for each session.
UPDATE "sessions" SET "trust" = 'none' FROM (
	WITH "ends" AS MATERIALIZED (
		SELECT "user_id", max("ended_at") AS "at" FROM "sessions"
		WHERE "sessions"."user_id" BETWEEN '00000000-0000-0000-0000-000000000000' AND 'ffffffff-ffff-ffff-ffff-ffffffffffff'
		AND "end_reason" IN ('logout-all', 'password-changed', 'email-changed', 'not-me', 'deactivated') GROUP BY "user_id"
	) SELECT "user_id", "at" FROM "ends"
) AS "change" WHERE "sessions"."user_id" BETWEEN '00000000-0000-0000-0000-000000000000' AND 'ffffffff-ffff-ffff-ffff-ffffffffffff'
AND "sessions"."user_id" = "change"."user_id" AND "sessions"."ended_at" <= "change"."at" AND "trust" <> 'none';--> statement-breakpoint
UPDATE "sessions" SET "trust" = 'none' WHERE "sessions"."id" BETWEEN '00000000-0000-0000-0000-000000000000' AND 'ffffffff-ffff-ffff-ffff-ffffffffffff'
AND "end_reason" IN ('revoked', 'reused') AND "trust" <> 'none';
