import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where an answer should go, when not to the sender. */
  readonly replyTo?: string;
  /** Message-ID of the mail this one answers. */
  readonly inReplyTo?: string;
  /** Names the letter, so that a second sending of the same is known as such: without brackets, `id@host` (RFC 5322, 3.6.4). */
  readonly messageId?: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface MailAttachment {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface Mailer {
  /** False when no mail server is set; then nothing is sent and the page is the only answer. */
  readonly available: boolean;
  /** The desk's own address, by which it knows its own letters. */
  readonly address: string;
  send(mail: Mail): Promise<void>;
}

/** Stands in our letters above what we wrote; in an answer everything from here on is ours. */
export const REPLY_MARKER = '----- Vui lòng trả lời phía trên dòng này / Please reply above this line -----';

/** Marks every letter of a desk; one that comes back with it is a loop (RFC 3834 section 4). */
export const OWN_MARK = 'X-Lachan';

/** Mail by SMTP; without SMTP_URL a mailer that says it is not available. Header injection is refused by nodemailer's encoder. */
export function smtpMailer(url: string | undefined, from: string): Mailer {
  const address = (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim().toLowerCase();
  if (!url) return { available: false, address, send: async () => {} };
  const transport = createTransport(url, { disableFileAccess: true, disableUrlAccess: true });
  return {
    available: true,
    address,
    async send({ to, subject, text, replyTo, inReplyTo, messageId, attachments = [] }) {
      await transport.sendMail({
        from, to: { name: '', address: to }, subject, text, ...(replyTo && { replyTo }), ...(inReplyTo && { inReplyTo, references: inReplyTo }),
        ...(messageId && { messageId: `<${messageId}>` }), attachments: attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
        headers: { 'Auto-Submitted': inReplyTo ? 'auto-replied' : 'auto-generated', 'X-Auto-Response-Suppress': 'All', [OWN_MARK]: '1' },
      });
    },
  };
}
