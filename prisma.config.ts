import { defineConfig } from 'prisma/config';

// For `prisma migrate status` and `deploy`, where Prisma's schema engine can be had. The server itself needs neither: it
// applies the same files at start. One folder of migrations per database, both in Prisma's own form.
const url = process.env.DATABASE_URL ?? 'file:./data/tanya.db';
const postgres = /^postgres(ql)?:/.test(url);

export default defineConfig({
  schema: postgres ? 'src/store/generated/postgres.prisma' : 'prisma/schema.prisma',
  migrations: { path: postgres ? 'prisma/migrations/postgres' : 'prisma/migrations/sqlite' },
  datasource: { url },
});
