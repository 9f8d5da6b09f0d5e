const NEVER = 'We never ask for your password or a one-time code.';

/** Letters and text messages to reporters. */
export const letters = {
  mail: {
    subject: (code: string) => `Report ${code}: there is news`,
    takenSubject: (code: string) => `We have your report ${code}`,
    acknowledged: (code: string, link: string) =>
      `Hello,\n\nWe have received report ${code}.\nOpen ${link} and enter the code and the secret from your receipt to follow it.\n\nThis mail never asks for the secret. ${NEVER}\n\nLá Chắn`,
    taken: (code: string, secret: string, link: string) =>
      `Hello,\n\nWe have taken your mail in as report ${code}.\n\nReport code: ${code}\nSecret: ${secret}\n\nPlease keep both. Open ${link} and enter them to follow the report, read answers and send more. You may also simply answer this mail.\n\nIf you have just sent money, call your bank now and ask them to hold the payment. ${NEVER}\n\nLá Chắn`,
    news: (code: string, link: string) =>
      `Hello,\n\nThere is news about report ${code}.\nOpen ${link} and enter the code and the secret from your receipt to read it.\n\nThis mail never asks for the secret. ${NEVER}\n\nLá Chắn`,
    answer: (code: string, words: string, link: string) =>
      `Hello,\n\nAbout report ${code} the desk writes:\n\n${words}\n\nYou may answer this mail, or open ${link} with your code and secret. ${NEVER}\n\nLá Chắn`,
  },
  sms: {
    acknowledged: (code: string, link: string) => `La Chan has received report ${code}. Follow it: ${link}`,
    taken: (code: string, secret: string, link: string) => `La Chan has received report ${code}. Secret: ${secret}. Follow it: ${link}. Never give a one-time code to anybody.`,
    news: (code: string, link: string) => `There is news about report ${code}: ${link}`,
    answer: (code: string, words: string, link: string) => `Report ${code}: ${words}\n${link}`,
  },
};
