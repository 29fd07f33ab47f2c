DROP INDEX "challenges_open_by_subject";--> statement-breakpoint
CREATE INDEX "challenges_by_subject" ON "challenges" USING btree ("subject","purpose");--> statement-breakpoint
CREATE INDEX "challenges_by_asker" ON "challenges" USING btree ((payload ->> 'askedBy')) WHERE payload ->> 'askedBy' is not null;