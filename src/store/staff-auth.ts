import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import { SESSION_MS, SHORTEST_PASSWORD, type StaffSettings } from '../ports/staff.js';
import { TRIES_WINDOW_MS } from './account-tries.js';
import { ADDRESS_HEADER, AUTH_BASE } from './staff-caller.js';

/** How often one address may try a password or a code, per minute. */
const TRIES_A_MINUTE = 10;

/**
 * better-auth (loaded only when somebody comes to sign in) with only what the console needs: e-mail and password, sessions in the store, TOTP. Nobody registers
 * themselves; cookies are valid under /console alone; nothing is sent anywhere.
 */
export function staffAuth(settings: StaffSettings, database: NonNullable<BetterAuthOptions['database']>) {
  const secure = settings.publicUrl?.startsWith('https://') ?? false;
  return betterAuth({
    appName: 'Tanya Puskesmas',
    secret: settings.secret,
    baseURL: new URL(AUTH_BASE).origin,
    basePath: new URL(AUTH_BASE).pathname,
    database,
    logger: { disabled: true },
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: SHORTEST_PASSWORD },
    user: {
      modelName: 'staffMember',
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        regions: { type: 'string', required: true, input: false },
        active: { type: 'boolean', required: true, input: false },
      },
    },
    session: {
      modelName: 'staffSession',
      expiresIn: SESSION_MS / 1000,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: { modelName: 'staffAccount' },
    verification: { modelName: 'staffVerification' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'staffRateLimit',
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 60, max: TRIES_A_MINUTE },
        '/change-password': { window: 60, max: TRIES_A_MINUTE },
        '/two-factor/*': { window: 60, max: TRIES_A_MINUTE },
        // No path of the library: it keeps rows of its table as long as its longest window, and ours lie there too.
        '/account-tries': { window: TRIES_WINDOW_MS / 1000, max: 1 },
      },
    },
    advanced: {
      useSecureCookies: secure,
      cookiePrefix: 'tanya',
      defaultCookieAttributes: { path: '/console', sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [twoFactor({ issuer: 'Tanya Puskesmas', schema: { twoFactor: { modelName: 'staffTwoFactor' } } })],
  });
}

export type StaffAuth = ReturnType<typeof staffAuth>;
