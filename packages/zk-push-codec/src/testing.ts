export type { DeviceData, QueueName } from "./engine/device/data.js";
export { createDeviceEngine, type DeviceEngine, type DeviceStep } from "./engine/device/engine.js";
export type { DeviceEvent } from "./engine/device/events.js";
export * from "./engine/device/profile.js";
export type { DeviceRecorder, Punch } from "./engine/device/recorder.js";
export { attendanceIdentity, createMemoryStore, type MemoryStore } from "./memory-store.js";
export { createTestEncryption } from "./test-encryption.js";
