-- CreateTable
CREATE TABLE "regions" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "aliases" TEXT,
    "zone" TEXT NOT NULL,
    "office_contact" TEXT,
    "source" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "emergency_numbers" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "region_code" TEXT,
    "position" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "confidence" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL,
    CONSTRAINT "emergency_numbers_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions" ("code") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "areas" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_code" TEXT,
    "lat" REAL,
    "lng" REAL
);

-- CreateTable
CREATE TABLE "facilities" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "region_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kecamatan_code" TEXT,
    "kelurahan_code" TEXT,
    "address" TEXT,
    "lat" REAL,
    "lng" REAL,
    "coord_confidence" TEXT NOT NULL,
    "phone" TEXT,
    "phone_as_of" TEXT,
    "kemenkes_code" TEXT,
    "notes" TEXT,
    "source" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL,
    CONSTRAINT "facilities_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "facility_names" (
    "facility_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("facility_id", "position"),
    CONSTRAINT "facility_names_facility_id_fkey" FOREIGN KEY ("facility_id") REFERENCES "facilities" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "service_hours" (
    "facility_id" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT,
    "grade" TEXT NOT NULL,
    "hours" TEXT,
    "cluster" TEXT,
    "note" TEXT,
    "source" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL,

    PRIMARY KEY ("facility_id", "service", "standing", "valid_from", "grade"),
    CONSTRAINT "service_hours_facility_id_fkey" FOREIGN KEY ("facility_id") REFERENCES "facilities" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "holidays" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "date" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region_code" TEXT,
    "source" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "hours_exceptions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "region_code" TEXT NOT NULL,
    "facility_id" TEXT,
    "service" TEXT,
    "starts_at" BIGINT NOT NULL,
    "ends_at" BIGINT NOT NULL,
    "hours" TEXT,
    "reason" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "grade" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL,
    CONSTRAINT "hours_exceptions_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions" ("code") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "hours_exceptions_facility_id_fkey" FOREIGN KEY ("facility_id") REFERENCES "facilities" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "landmarks" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "region_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "area_code" TEXT,
    "lat" REAL,
    "lng" REAL,
    "source" TEXT NOT NULL,
    CONSTRAINT "landmarks_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "region_code" TEXT,
    "consent" TEXT NOT NULL,
    "consent_at" BIGINT,
    "unreachable_at" BIGINT,
    "created_at" BIGINT NOT NULL,
    "last_seen_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "sessions" (
    "contact_id" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "token" TEXT NOT NULL,
    "updated_at" BIGINT NOT NULL,
    CONSTRAINT "sessions_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "inbound_messages" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "contact_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "body" TEXT,
    "handled_at" BIGINT,
    "intent" TEXT,
    "outcome" TEXT,
    CONSTRAINT "inbound_messages_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "contact_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "inbound_id" TEXT,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "payload" TEXT,
    "status" TEXT NOT NULL,
    "open" INTEGER,
    "attempts" INTEGER NOT NULL,
    "next_at" BIGINT NOT NULL,
    "claimed_by" TEXT,
    "provider_id" TEXT,
    "error_code" TEXT,
    "created_at" BIGINT NOT NULL,
    "sent_at" BIGINT,
    "receipt" TEXT,
    "receipt_at" BIGINT,
    CONSTRAINT "outbox_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "events" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "contact_id" TEXT,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "change_log" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "who" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT
);

-- CreateTable
CREATE TABLE "store_meta" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "channel_credentials" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" BLOB NOT NULL,
    "updated_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "leases" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "owner" TEXT NOT NULL,
    "expires_at" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "facilities_region_code_idx" ON "facilities"("region_code");

-- CreateIndex
CREATE INDEX "hours_exceptions_region_code_idx" ON "hours_exceptions"("region_code");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_channel_address_key" ON "contacts"("channel", "address");

-- CreateIndex
CREATE INDEX "inbound_messages_status_seq_idx" ON "inbound_messages"("status", "seq");

-- CreateIndex
CREATE INDEX "inbound_messages_contact_id_status_seq_idx" ON "inbound_messages"("contact_id", "status", "seq");

-- CreateIndex
CREATE INDEX "outbox_open_channel_priority_seq_idx" ON "outbox"("open", "channel", "priority", "seq");

-- CreateIndex
CREATE INDEX "outbox_open_contact_id_seq_idx" ON "outbox"("open", "contact_id", "seq");

-- CreateIndex
CREATE INDEX "outbox_channel_provider_id_idx" ON "outbox"("channel", "provider_id");

-- CreateIndex
CREATE INDEX "outbox_inbound_id_idx" ON "outbox"("inbound_id");

-- CreateIndex
CREATE INDEX "events_kind_at_idx" ON "events"("kind", "at");

-- CreateIndex
CREATE INDEX "change_log_subject_at_idx" ON "change_log"("subject", "at");

