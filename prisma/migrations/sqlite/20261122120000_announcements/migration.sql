-- AlterTable
ALTER TABLE "contacts" ADD COLUMN "kecamatan_code" TEXT;
ALTER TABLE "contacts" ADD COLUMN "interests" TEXT;
ALTER TABLE "contacts" ADD COLUMN "consent_asked" INTEGER;
ALTER TABLE "contacts" ADD COLUMN "person_id" TEXT;

-- CreateTable
CREATE TABLE "broadcasts" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "region_code" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "urgent" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "authors" TEXT NOT NULL,
    "approvals" TEXT NOT NULL,
    "pause" TEXT,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "send_at" BIGINT,
    "expires_at" BIGINT,
    "started_at" BIGINT,
    "ended_at" BIGINT,
    "series_id" TEXT
);

-- CreateTable
CREATE TABLE "broadcast_acts" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "broadcast_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "who" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "detail" TEXT,
    CONSTRAINT "broadcast_acts_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcasts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "broadcast_recipients" (
    "broadcast_id" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "via" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "next_at" BIGINT NOT NULL,
    "person_id" TEXT,
    "attempts" INTEGER NOT NULL,
    "claimed_by" TEXT,
    "error_code" TEXT,
    "provider_id" TEXT,
    "sent_at" BIGINT,
    "receipt" TEXT,
    "receipt_at" BIGINT,
    PRIMARY KEY ("broadcast_id", "contact_id"),
    CONSTRAINT "broadcast_recipients_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcasts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "consent_records" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "contact_id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "consent" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "wording" TEXT NOT NULL,
    "who" TEXT
);

-- CreateTable
CREATE TABLE "link_codes" (
    "owner" TEXT NOT NULL PRIMARY KEY,
    "code_hash" TEXT NOT NULL,
    "expires_at" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "contacts_region_code_id_idx" ON "contacts"("region_code", "id");

-- CreateIndex
CREATE INDEX "contacts_person_id_idx" ON "contacts"("person_id");

-- CreateIndex
CREATE INDEX "broadcasts_status_send_at_idx" ON "broadcasts"("status", "send_at");

-- CreateIndex
CREATE INDEX "broadcasts_region_code_created_at_idx" ON "broadcasts"("region_code", "created_at");

-- CreateIndex
CREATE INDEX "broadcast_acts_broadcast_id_seq_idx" ON "broadcast_acts"("broadcast_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "broadcast_recipients_broadcast_id_person_id_key" ON "broadcast_recipients"("broadcast_id", "person_id");

-- CreateIndex
CREATE INDEX "broadcast_recipients_broadcast_id_status_channel_reason_error_code_receipt_next_at_idx" ON "broadcast_recipients"("broadcast_id", "status", "channel", "reason", "error_code", "receipt", "next_at");

-- CreateIndex
CREATE INDEX "broadcast_recipients_contact_id_status_idx" ON "broadcast_recipients"("contact_id", "status");

-- CreateIndex
CREATE INDEX "broadcast_recipients_channel_provider_id_idx" ON "broadcast_recipients"("channel", "provider_id");

-- CreateIndex
CREATE INDEX "broadcast_recipients_channel_sent_at_idx" ON "broadcast_recipients"("channel", "sent_at");

-- CreateIndex
CREATE INDEX "consent_records_contact_id_at_idx" ON "consent_records"("contact_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "link_codes_code_hash_key" ON "link_codes"("code_hash");
