-- CreateTable
CREATE TABLE "regions" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT,
    "zone" TEXT NOT NULL,
    "office_contact" TEXT,
    "source" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL,

    CONSTRAINT "regions_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "emergency_numbers" (
    "key" TEXT NOT NULL,
    "region_code" TEXT,
    "position" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "confidence" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL,

    CONSTRAINT "emergency_numbers_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "areas" (
    "code" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_code" TEXT,
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,

    CONSTRAINT "areas_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "facilities" (
    "id" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kecamatan_code" TEXT,
    "kelurahan_code" TEXT,
    "address" TEXT,
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,
    "coord_confidence" TEXT NOT NULL,
    "phone" TEXT,
    "phone_as_of" TEXT,
    "kemenkes_code" TEXT,
    "notes" TEXT,
    "source" TEXT NOT NULL,
    "checked_on" TEXT NOT NULL,

    CONSTRAINT "facilities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility_names" (
    "facility_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "facility_names_pkey" PRIMARY KEY ("facility_id","position")
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

    CONSTRAINT "service_hours_pkey" PRIMARY KEY ("facility_id","service","standing","valid_from","grade")
);

-- CreateTable
CREATE TABLE "holidays" (
    "key" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region_code" TEXT,
    "source" TEXT NOT NULL,

    CONSTRAINT "holidays_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "hours_exceptions" (
    "id" TEXT NOT NULL,
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

    CONSTRAINT "hours_exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "landmarks" (
    "id" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "area_code" TEXT,
    "lat" DOUBLE PRECISION,
    "lng" DOUBLE PRECISION,
    "source" TEXT NOT NULL,

    CONSTRAINT "landmarks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "region_code" TEXT,
    "consent" TEXT NOT NULL,
    "consent_at" BIGINT,
    "unreachable_at" BIGINT,
    "created_at" BIGINT NOT NULL,
    "last_seen_at" BIGINT NOT NULL,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "contact_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "token" TEXT NOT NULL,
    "updated_at" BIGINT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("contact_id")
);

-- CreateTable
CREATE TABLE "inbound_messages" (
    "id" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "body" TEXT,
    "handled_at" BIGINT,
    "intent" TEXT,
    "outcome" TEXT,

    CONSTRAINT "inbound_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" TEXT NOT NULL,
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

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "contact_id" TEXT,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_log" (
    "id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "who" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,

    CONSTRAINT "change_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "store_meta" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "store_meta_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "channel_credentials" (
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "updated_at" BIGINT NOT NULL,

    CONSTRAINT "channel_credentials_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "leases" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("name")
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

-- AddForeignKey
ALTER TABLE "emergency_numbers" ADD CONSTRAINT "emergency_numbers_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "facilities" ADD CONSTRAINT "facilities_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "facility_names" ADD CONSTRAINT "facility_names_facility_id_fkey" FOREIGN KEY ("facility_id") REFERENCES "facilities"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_hours" ADD CONSTRAINT "service_hours_facility_id_fkey" FOREIGN KEY ("facility_id") REFERENCES "facilities"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hours_exceptions" ADD CONSTRAINT "hours_exceptions_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hours_exceptions" ADD CONSTRAINT "hours_exceptions_facility_id_fkey" FOREIGN KEY ("facility_id") REFERENCES "facilities"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "landmarks" ADD CONSTRAINT "landmarks_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "regions"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbound_messages" ADD CONSTRAINT "inbound_messages_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

