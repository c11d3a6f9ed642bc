// Takes the pictures of README.md and docs/panduan-staf.md from the real server, on a database of its own that is thrown
// away: `npm run pictures`. To be run again, and looked at, whenever a page that they show has changed.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs/pictures');
const folder = mkdtempSync(join(tmpdir(), 'tanya-pictures-'));
const env = {
  PATH: process.env.PATH,
  PORT: '0',
  DATABASE_URL: `file:${join(folder, 'pictures.db')}`,
  SECRET_KEY: 'for the pictures only, thrown away at once',
  LOG_LEVEL: 'error',
};
const EMAIL = 'rina@dinas.example';
const PASSWORD = 'kata sandi contoh untuk gambar';
const PHONE = { width: 360, height: 740 };

mkdirSync(pictures, { recursive: true });
execFileSync(
  process.execPath,
  [join(root, 'dist/src/cli/staff.js'), 'add', EMAIL, '--role', 'admin', '--name', 'Rina (contoh)'],
  { cwd: folder, env, input: `${PASSWORD}\n` },
);
const server = spawn(process.execPath, [join(root, 'dist/src/main.js')], { cwd: folder, env });
const address = await new Promise((resolve, reject) => {
  let said = '';
  server.stdout.on('data', (chunk) => {
    said += chunk;
    const port = /localhost:(\d+)/.exec(said)?.[1];
    if (port) resolve(`http://127.0.0.1:${port}`);
  });
  server.once('exit', () => reject(new Error('the server did not start')));
});
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
const context = await browser.newContext({ viewport: PHONE, deviceScaleFactor: 2, locale: 'id-ID' });
const page = await context.newPage();
const take = (name) => page.screenshot({ path: join(pictures, `${name}.png`) });

async function ask(text, answer) {
  await page.getByLabel('Tulis pertanyaan Anda').fill(text);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  await page.getByRole('log').getByText(answer).last().waitFor();
  await page.evaluate("document.querySelector('[role=log]').scrollTop = 60");
}

async function see(path, name) {
  await page.goto(`${address}/console${path}`);
  await take(name);
}

try {
  await page.goto(address);
  await ask('pkm mana yg buka skrg di tenggarong?', /Rawat jalan/);
  await take('percakapan-buka');
  // Somebody else: the page shows a person what they were told before.
  await context.clearCookies();
  await page.goto(address);
  await ask('bapak saya mukanya mencong sebelah, ngomongnya pelo', /Telepon 119 sekarang/);
  await take('percakapan-darurat');

  await page.goto(`${address}/console`);
  await page.getByLabel('Alamat email').fill(EMAIL);
  await page.getByLabel('Kata sandi').fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hari ini' }).waitFor();
  await take('hari-ini');
  await see('/facilities?q=loa+ipuh', 'faskes');
  await see('/announcements', 'pengumuman');
} finally {
  await browser.close();
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
