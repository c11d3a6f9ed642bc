/** An HTTP request as a webhook needs it: nothing parsed, so that a signature can be checked over what really came. */
export interface WebhookRequest {
  readonly method: string;
  readonly query: URLSearchParams;
  /** A header by its name, in any case; null when absent. */
  header(name: string): string | null;
  readonly rawBody: Uint8Array;
  /** Names this call in the log. */
  readonly requestId?: string;
}

/** What to answer. 200 also for what is not understood: anything else makes the provider send it again for ever. */
export interface WebhookAnswer {
  readonly status: 200 | 400 | 401 | 403 | 404 | 503;
  readonly body: string;
}

export type Webhook = (request: WebhookRequest) => Promise<WebhookAnswer>;
