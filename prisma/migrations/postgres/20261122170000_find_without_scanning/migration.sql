-- A person's rows are found without looking through everybody's, when they write, ask for deletion or are forgotten.
DROP INDEX "outbox_open_contact_id_seq_idx";
CREATE INDEX "outbox_contact_id_open_seq_idx" ON "outbox"("contact_id", "open", "seq");
CREATE INDEX "consent_records_at_idx" ON "consent_records"("at");
CREATE INDEX "hours_checks_day_idx" ON "hours_checks"("day");
