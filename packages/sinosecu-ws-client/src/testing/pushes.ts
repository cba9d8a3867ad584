import { AskForSupport } from "../messages/ask-for-support.js";
import { CardContentText } from "../messages/card-content-text.js";
import { CustomData } from "../messages/custom-data.js";
import { Display, type Display as Shown } from "../messages/display.js";
import { DocInfoAllInOne } from "../messages/doc-info-all-in-one.js";
import type { ImageEntry } from "../messages/image-kinds.js";
import { Images } from "../messages/images.js";
import { type Notification, notificationItem } from "../messages/notification.js";
import { Reconnect } from "../messages/reconnect.js";
import { RestartService } from "../messages/restart-service.js";
import type { SentenceId } from "../sentences.js";
import type { Quirks } from "./quirks.js";
import { readImages, readText, type ServiceLocale, type ServiceSettings } from "./reading.js";
import type { SimulatedDocument } from "./simulated-document.js";
import type { Writer } from "./write.js";

interface PushSource {
  readonly writer: Writer;
  readonly quirks: Quirks;
  readonly locale: ServiceLocale;
  readonly imagesMs: number;
  settings(): ServiceSettings;
  sentence(id: SentenceId): string;
  tell(text: string): void;
  schedule(ms: number, run: () => void): void;
}

/** What the simulated service sends on its own. */
export const pushes = (from: PushSource) => {
  const { writer, quirks, tell } = from;
  const write = <T>(of: Notification<string, T>, value: T, command = of.command): string =>
    writer.one("Notify", { ...notificationItem(of, value), command });

  const imagesText = (images: readonly ImageEntry[]): string => write(Images, images);

  const display = (shown: Shown | string): void =>
    tell(write(Display, typeof shown === "string" ? { form: "text", text: shown } : shown));

  const sendText = (document: SimulatedDocument): void => {
    const { failure } = document;
    if (failure !== undefined && quirks.has("failure-as-text")) {
      display({ form: "failure", text: failure });
      return;
    }
    if (failure !== undefined && quirks.has("failure-as-object")) {
      display({ form: "fields", fields: [{ name: "DESC", content: failure }] });
      return;
    }
    tell(write(CardContentText, readText(document, from.settings(), quirks, from.locale)));
  };

  const sendImages = (document: SimulatedDocument): void => {
    const images = readImages(document, from.settings(), quirks);
    if (images.length === 0) return;
    if (quirks.has("images-one-by-one")) {
      for (const image of images) tell(imagesText([image]));
      return;
    }
    tell(imagesText(images));
    if (quirks.has("images-twice")) tell(imagesText(images));
  };

  return {
    imagesText,
    display,
    document(document: SimulatedDocument): void {
      const { switches } = from.settings();
      if (document.fingerprint !== undefined) {
        const content = document.fingerprint;
        from.schedule(from.imagesMs, () => tell(write(CustomData, [{ name: "FpOfSid", content }])));
      }
      if (switches.get("DocInfoAllInOne")) {
        const fields = readText(document, from.settings(), quirks, from.locale);
        const images = readImages(document, from.settings(), quirks);
        tell(write(DocInfoAllInOne, { fields, images }));
        return;
      }
      const text = switches.get("OnlyAcquireImage") ? () => {} : () => sendText(document);
      const pictures = (): void => sendImages(document);
      const [first, second] = quirks.has("images-first") ? [pictures, text] : [text, pictures];
      first();
      from.schedule(from.imagesMs, second);
    },
    say(what: "reconnect" | "support" | "settings-changed" | "restart"): void {
      const asInManual = quirks.has("reconnect-as-in-manual") ? "ReConnect" : "Reconnect";
      const asOnPage = quirks.has("support-as-on-page") ? "AskSupport" : "AskForSupport";
      switch (what) {
        case "reconnect":
          tell(write(Reconnect, "", asInManual));
          return;
        case "support":
          tell(write(AskForSupport, "", asOnPage));
          return;
        case "restart":
          tell(write(RestartService, ""));
          return;
        case "settings-changed":
          display(from.sentence("NeedRefresh"));
          return;
      }
    },
  };
};
