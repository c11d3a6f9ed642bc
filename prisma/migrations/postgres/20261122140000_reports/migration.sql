-- CreateTable
CREATE TABLE "reports" (
    "id" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "facility_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "text" TEXT,
    "at" BIGINT NOT NULL,
    "contact_id" TEXT,
    "word" TEXT NOT NULL,
    "open" INTEGER,
    "outcome" TEXT,
    "words" TEXT,
    "answered_by" TEXT,
    "answered_at" BIGINT,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility_contacts" (
    "facility_id" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "added_at" BIGINT NOT NULL,

    CONSTRAINT "facility_contacts_pkey" PRIMARY KEY ("facility_id", "contact_id")
);

-- CreateTable
CREATE TABLE "hours_checks" (
    "facility_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "contact_id" TEXT,
    "hours" TEXT,
    "asked_at" BIGINT NOT NULL,
    "said" TEXT,
    "answered_at" BIGINT,
    "outcome" TEXT,
    "token" TEXT NOT NULL,

    CONSTRAINT "hours_checks_pkey" PRIMARY KEY ("facility_id", "day")
);

-- CreateIndex
CREATE INDEX "reports_open_region_code_at_idx" ON "reports"("open", "region_code", "at");

-- CreateIndex
CREATE INDEX "reports_facility_id_at_idx" ON "reports"("facility_id", "at");

-- CreateIndex
CREATE INDEX "reports_contact_id_idx" ON "reports"("contact_id");

-- CreateIndex
CREATE INDEX "facility_contacts_contact_id_idx" ON "facility_contacts"("contact_id");

-- CreateIndex
CREATE INDEX "hours_checks_said_outcome_idx" ON "hours_checks"("said", "outcome");

-- CreateIndex
CREATE INDEX "hours_checks_contact_id_idx" ON "hours_checks"("contact_id");
