ALTER TABLE "outbox" ADD COLUMN "gateway_id" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "report" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_report" CHECK (report in ('accepted', 'failed', 'delivered'));