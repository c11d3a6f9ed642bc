import { renderUnicodeCompact } from 'uqr';

/** Shows what the phone needs: a QR to scan under "Linked devices", or a code to type there. */
export function showPairing({ kind, value }: { readonly kind: 'qr' | 'code'; readonly value: string }): void {
  process.stdout.write(
    kind === 'qr'
      ? `\nWhatsApp > Linked devices > Link a device, and scan:\n${renderUnicodeCompact(value)}\n`
      : `\nWhatsApp > Linked devices > Link with phone number, and type: ${value}\n`,
  );
}
