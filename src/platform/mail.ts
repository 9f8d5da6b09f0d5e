import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** False when no mail server is set; then nothing is sent and the page is the only answer. */
  readonly available: boolean;
  send(mail: Mail): Promise<void>;
}

/** Mail by SMTP; without SMTP_URL a mailer that says it is not available. Header injection is refused by nodemailer's encoder. */
export function smtpMailer(url: string | undefined, from: string): Mailer {
  if (!url) return { available: false, send: async () => {} };
  const transport = createTransport(url, { disableFileAccess: true, disableUrlAccess: true });
  return {
    available: true,
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } });
    },
  };
}
