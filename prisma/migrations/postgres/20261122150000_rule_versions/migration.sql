-- CreateTable
CREATE TABLE "rule_versions" (
    "id" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "content" TEXT,
    "source" TEXT NOT NULL,
    "entered_by" TEXT NOT NULL,
    "entered_at" BIGINT NOT NULL,

    CONSTRAINT "rule_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rule_versions_rule_id_idx" ON "rule_versions"("rule_id");
