export { openPostgresStore, type PostgresStoreOptions } from "./store.js";
