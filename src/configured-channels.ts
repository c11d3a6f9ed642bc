import type { WordsByLanguage } from './channels/render-text.js';
import type { Pairing } from './channels/whatsapp/index.js';
import type { Config } from './config.js';
import type { Language } from './domain/message.js';
import { phrase } from './domain/phrase.js';
import { LANGUAGES, renderPhrase } from './i18n/translate.js';
import type { Channel } from './ports/channel.js';
import type { CredentialStore } from './ports/credential-store.js';
import type { Timing } from './ports/timing.js';
import type { NamedWebhook } from './web/webhooks/routes.js';

export interface ChannelParts {
  readonly config: Config;
  readonly timing: Timing;
  readonly credentials: CredentialStore;
  /** Asked for only where a channel keeps credentials. */
  readonly secretKey: () => string;
  /** Shows a QR or pairing code to whoever started the server. */
  readonly showPairing: Pairing['show'];
}

export interface ConfiguredChannels {
  readonly channels: readonly Channel[];
  readonly webhooks: readonly NamedWebhook[];
}

function byLanguage<T>(make: (language: Language) => T): Readonly<Record<Language, T>> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, T>;
}

/** The few words of the channels themselves. */
export function channelWords(): WordsByLanguage {
  return byLanguage((language) => ({
    replyWithNumber: renderPhrase(phrase('dialogue:channel.replyWithNumber'), language),
    sendLocation: renderPhrase(phrase('dialogue:channel.sendLocation'), language),
    howToSendLocation: renderPhrase(phrase('dialogue:channel.howToSendLocation'), language),
    openList: renderPhrase(phrase('dialogue:channel.openList'), language),
    privateOnly: renderPhrase(phrase('dialogue:channel.privateOnly'), language),
  }));
}

/**
 * Every channel that the settings turn on, with the doors that providers knock on. A new channel is a folder and a few
 * lines here. Only the libraries of those that are on are loaded: WhatsApp's alone is 35 MB of memory.
 */
export async function configuredChannels({
  config,
  timing,
  credentials,
  secretKey,
  showPairing,
}: ChannelParts): Promise<ConfiguredChannels> {
  const words = channelWords();
  const channels: Channel[] = [];
  const webhooks: NamedWebhook[] = [];
  if (config.telegram !== null) {
    const { createTelegramChannel } = await import('./channels/telegram/index.js');
    const { token, apiRoot, webhookSecret: secret } = config.telegram;
    const url = config.publicUrl === null ? null : `${config.publicUrl}/telegram/webhook`;
    const telegram = createTelegramChannel({
      token,
      apiRoot,
      webhook: url === null || secret === null ? null : { url, secret },
      words,
      commands: byLanguage((language) =>
        (['menu', 'buka', 'gratis', 'darurat', 'berhenti'] as const).map((command) => ({
          command,
          description: renderPhrase(phrase(`dialogue:channel.commands.${command}`), language),
        })),
      ),
      timing,
    });
    channels.push(telegram);
    webhooks.push({
      path: '/telegram/webhook',
      handle: telegram.webhook,
      knows: telegram.knows,
      tooLarge: telegram.tooLarge,
    });
  }
  if (config.baileys !== null) {
    const { createWhatsAppChannel } = await import('./channels/whatsapp/index.js');
    const { wsUrl, pairingPhone } = config.baileys;
    channels.push(
      createWhatsAppChannel({
        credentials,
        secretKey: secretKey(),
        wsUrl,
        pairing: { phone: pairingPhone, show: showPairing },
        words,
        timing,
      }),
    );
  }
  if (config.cloud !== null) {
    const { createCloudChannel } = await import('./channels/cloud/index.js');
    const cloud = createCloudChannel({ ...config.cloud, credentials, secretKey: secretKey(), words, timing });
    channels.push(cloud);
    webhooks.push({ path: '/whatsapp/webhook', handle: cloud.webhook, knows: cloud.knows, tooLarge: cloud.tooLarge });
  }
  return { channels, webhooks };
}
