export { openVpcdCard, type VpcdCard, type VpcdCardOptions } from "./vpcd-card.js";
export { openVpcdReader, type VpcdReader, type VpcdReaderOptions } from "./vpcd-reader.js";
