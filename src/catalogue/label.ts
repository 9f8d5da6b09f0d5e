/** Words for one thing in both languages; Vietnamese is the source. */
export interface Label {
  readonly vi: string;
  readonly en: string;
}
