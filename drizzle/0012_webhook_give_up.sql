-- Deliveries that wait get as long as new ones. No version relies on the default.
ALTER TABLE "webhook_deliveries" ADD COLUMN "give_up_at" timestamp (3) with time zone DEFAULT now() + interval '2 days' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ALTER COLUMN "give_up_at" DROP DEFAULT;