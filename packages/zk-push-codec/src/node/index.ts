export {
  createFileShelf,
  type FileShelf,
  type ShelfTerms,
  type ShelvedFile,
} from "./file-shelf.js";
export { createPushListener, type PushListener, type PushListenerOptions } from "./listener.js";
export { type Publisher, type PublisherOptions, startPublisher } from "./publisher.js";
