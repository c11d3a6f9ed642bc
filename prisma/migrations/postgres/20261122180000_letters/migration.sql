-- CreateTable
CREATE TABLE "letters" (
    "id" TEXT NOT NULL,
    "reader" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "urgent" INTEGER NOT NULL,
    "payload" TEXT NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "letters_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "letters_reader_number_idx" ON "letters"("reader", "number");

-- CreateIndex
CREATE INDEX "letters_number_idx" ON "letters"("number");

-- CreateIndex
CREATE INDEX "letters_expires_at_idx" ON "letters"("expires_at");
