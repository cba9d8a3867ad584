/**
 * The service speaks in sentences, not codes: it tells that the reader was unplugged in the language
 * of its own settings. What a sentence means is found by asking the service for its sentences (Get
 * WebConstant), and failing that by this list of those that it ships with.
 */
export type SentenceMeaning =
  | "device-connected"
  | "device-absent"
  | "device-unknown"
  | "reconnect-needed"
  | "reading-failed"
  | "command-refused";

interface Sentence {
  readonly meaning: SentenceMeaning;
  /** English and Chinese, as shipped; compared, never shown. */
  readonly shipped: readonly [en: string, zh: string];
}

const sentence = (meaning: SentenceMeaning, en: string, zh: string): Sentence => ({
  meaning,
  shipped: [en, zh],
});

/** Sentences by their id in the service's own file. */
export const SENTENCES = {
  DeviceConnected: sentence("device-connected", "Device is connected", "设备已连接"),
  DeviceReconnected: sentence("device-connected", "Device is reconnected", "设备已重新连接"),
  DeviceNotConnected: sentence("device-absent", "Device not connected", "设备未连接"),
  DeviceOffLine: sentence("device-absent", "Device dropped", "设备掉线"),
  DevNotLoaded: sentence("device-absent", "Device not loaded successfully", "设备未成功加载"),
  WebDescDeviceNotFound: sentence(
    "device-absent",
    "websocket is connected, but device is not found",
    "WebSocket已连接, 未检测到设备",
  ),
  DeviceStatusUnknown: sentence("device-unknown", "Unknown device status", "设备状态未知"),
  NeedRefresh: sentence(
    "reconnect-needed",
    "The configuration item has been saved. Please reconnect the WebSocket to take effect.",
    "配置项已保存，请重新连接WebSocket以使更改生效",
  ),
  FailedRecog: sentence("reading-failed", "Document recognition failed", "证件识别失败"),
  FailedChip: sentence("reading-failed", "Reading chip failed", "读芯片失败"),
  FailedCaptureImage: sentence("reading-failed", "Failed capturing image", "采集图像失败"),
  InvalidCommand: sentence("command-refused", "Invalid instruction", "无效指令"),
  NotSupported: sentence("command-refused", "Not support", "不支持"),
} as const satisfies Record<string, Sentence>;

export type SentenceId = keyof typeof SENTENCES;

/** The sentences to ask a service for, because its state is told in them. */
export const STATE_SENTENCES: readonly SentenceId[] = [
  "DeviceConnected",
  "DeviceNotConnected",
  "DeviceOffLine",
  "DeviceReconnected",
  "WebDescDeviceNotFound",
  "NeedRefresh",
];

/**
 * What a sentence means.
 *
 * @param own the service's own sentences by id, as far as it gave them; they count before the list.
 */
export const meaningOf = (
  text: string,
  own: ReadonlyMap<string, string> = new Map(),
): SentenceMeaning | undefined => {
  const wanted = plain(text);
  if (wanted === "") return undefined;
  const entries = Object.entries(SENTENCES) as [SentenceId, Sentence][];
  const asked = entries.find(([id]) => plain(own.get(id) ?? "") === wanted);
  const shipped = entries.find(([, { shipped }]) => shipped.some((form) => plain(form) === wanted));
  return (asked ?? shipped)?.[1].meaning;
};

const plain = (text: string): string => text.trim().replace(/\s+/g, " ").toLowerCase();
