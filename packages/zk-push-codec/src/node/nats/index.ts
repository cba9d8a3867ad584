export { createJetStreamSink, type JetStreamOptions, type JetStreamSink } from "./sink.js";
