# Built with everything, run with what is needed only. scripts/try-container-steps.mjs carries these very steps out in a
# plain folder; test/operations/container.test.ts holds them to the rules. One place names the base: raise it with each
# security release of Node 24.
ARG BASE=node:24.9.0-bookworm-slim

FROM ${BASE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
# Scripts of packages are not run, but better-sqlite3 needs its own: it is compiled where no prebuilt binary fits.
RUN npm ci --ignore-scripts && npm rebuild better-sqlite3
COPY tsconfig.json prisma.config.ts ./
COPY scripts scripts
COPY prisma prisma
COPY locales locales
COPY src src
COPY bench bench
# Optional and peer packages are those of tools too (Prisma's command line, compilers); nothing that runs needs one.
RUN npm run build && npm prune --omit=dev --omit=optional --omit=peer --ignore-scripts

FROM ${BASE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/src dist/src
COPY --from=build /app/prisma prisma
COPY --from=build /app/locales locales
COPY --from=build /app/src/web src/web
# The only folder that is written to; all else may be read-only.
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Why these flags: docs/instances.md, "Memory".
CMD ["node", "--liftoff-only", "--max-semi-space-size=8", "dist/src/main.js"]
