-- CreateTable
CREATE TABLE "departures" (
    "contact_id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "departures_pkey" PRIMARY KEY ("contact_id")
);

-- CreateTable
CREATE TABLE "spent_messages" (
    "id_hash" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "spent_messages_pkey" PRIMARY KEY ("id_hash")
);

-- CreateIndex
CREATE INDEX "spent_messages_at_idx" ON "spent_messages"("at");

-- AddForeignKey
ALTER TABLE "departures" ADD CONSTRAINT "departures_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "events_contact_id_idx" ON "events"("contact_id");

-- Of all facts only this kind is of use because of the person.
UPDATE "events" SET "contact_id" = NULL WHERE "kind" <> 'facility_asked';
