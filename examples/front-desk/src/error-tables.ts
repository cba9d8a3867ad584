import type { ErrorTable } from "@org/command";
import { DOCVAL_ERRORS } from "@org/docval-protocol";
import { ERROR_TABLES as EMRTD_TABLES } from "@org/example-emrtd/errors";
import { MDS_ERRORS } from "@org/mosip-mds-types";
import { SINOSECU_ERRORS } from "@org/sinosecu-ws-client";
import { ZK_PUSH_ERRORS } from "@org/zk-push-codec";

export const ERROR_TABLES: readonly ErrorTable[] = [
  ...EMRTD_TABLES,
  DOCVAL_ERRORS,
  MDS_ERRORS,
  SINOSECU_ERRORS,
  ZK_PUSH_ERRORS,
];
