import { type Served, SN, serve } from "../serve.js";

/** A server that one terminal has brought punches and a person with a finger. */
export const serveTerminal = async (): Promise<Served> => {
  const zk = await serve();
  await zk.terminal(`cdata?SN=${SN}&options=all&pushver=2.4.1&language=69`);
  const lines = [
    "1452\t2015-07-30 15:16:28\t0\t1\t0\t0\t0",
    "=1+1\t2015-07-30 15:17:00\t1\t15\t7\t0\t0",
    "1452\t2015-07-31 08:00:00\t0\t1\t0\t0\t0",
  ];
  await zk.terminal(`cdata?SN=${SN}&table=ATTLOG&Stamp=9999`, `${lines.join("\n")}\n`);
  const user = "USER PIN=1452\tName=Ann\tPri=0\tPasswd=4711\n";
  const finger = "FP PIN=1452\tFID=1\tSize=8\tValid=1\tTMP=AAECAwQF\n";
  await zk.terminal(`cdata?SN=${SN}&table=OPERLOG&Stamp=9999`, user + finger);
  return zk;
};

/** The lines of commands that a terminal is given when it asks. */
export const commandsOf = async (zk: Served, sn: string): Promise<string[]> =>
  (await zk.terminal(`getrequest?SN=${sn}`)).split("\n").filter((line) => line.startsWith("C:"));
