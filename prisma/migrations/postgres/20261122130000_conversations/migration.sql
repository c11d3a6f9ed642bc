-- CreateTable
CREATE TABLE "conversations" (
    "id" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "open" INTEGER,
    "opened_at" BIGINT NOT NULL,
    "taken_at" BIGINT,
    "taken_by" TEXT,
    "closed_at" BIGINT,
    "closed_by" TEXT,
    "silent_until" BIGINT,
    "resident_at" BIGINT NOT NULL,
    "staff_at" BIGINT,
    "emergency_at" BIGINT,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_messages" (
    "id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "who" TEXT,
    "body" TEXT,
    "emergency" INTEGER NOT NULL,
    "outbox_id" TEXT,

    CONSTRAINT "conversation_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "canned_replies" (
    "id" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "updated_at" BIGINT NOT NULL,

    CONSTRAINT "canned_replies_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "conversations_contact_id_open_key" ON "conversations"("contact_id", "open");

-- CreateIndex
CREATE INDEX "conversations_open_silent_until_idx" ON "conversations"("open", "silent_until");

-- CreateIndex
CREATE INDEX "conversations_closed_at_idx" ON "conversations"("closed_at");

-- CreateIndex
CREATE INDEX "conversation_messages_conversation_id_seq_idx" ON "conversation_messages"("conversation_id", "seq");

-- CreateIndex
CREATE INDEX "canned_replies_region_code_idx" ON "canned_replies"("region_code");

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_messages" ADD CONSTRAINT "conversation_messages_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
