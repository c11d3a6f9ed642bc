/** Codes of Node's network layer that come before a byte of the request was sent. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const BAD_CERTIFICATE = /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

/**
 * True when a failed request certainly never reached the other side, so that sending again cannot be a repeat.
 * Takes what a fetch threw and looks through its causes; anything not known is false: perhaps it arrived.
 */
export function neverLeft(error: unknown): boolean {
  for (let inner = error, depth = 0; depth < 5 && typeof inner === 'object' && inner !== null; depth += 1) {
    const { code, cause, error: wrapped } = inner as { code?: unknown; cause?: unknown; error?: unknown };
    if (typeof code === 'string' && (BEFORE_SENDING.has(code) || BAD_CERTIFICATE.test(code))) return true;
    inner = cause ?? wrapped;
  }
  return false;
}
