-- CreateTable
CREATE TABLE "rule_versions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rule_id" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "content" TEXT,
    "source" TEXT NOT NULL,
    "entered_by" TEXT NOT NULL,
    "entered_at" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "rule_versions_rule_id_idx" ON "rule_versions"("rule_id");
