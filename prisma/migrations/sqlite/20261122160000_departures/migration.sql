-- CreateTable
CREATE TABLE "departures" (
    "contact_id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    CONSTRAINT "departures_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "spent_messages" (
    "id_hash" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "spent_messages_at_idx" ON "spent_messages"("at");

-- CreateIndex
CREATE INDEX "events_contact_id_idx" ON "events"("contact_id");

-- Of all facts only this kind is of use because of the person.
UPDATE "events" SET "contact_id" = NULL WHERE "kind" <> 'facility_asked';
