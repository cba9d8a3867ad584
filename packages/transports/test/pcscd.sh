#!/usr/bin/env bash
# Runs a command beside a PC/SC service of its own, with the virtual reader vpcd in it:
#
#     pcscd.sh COMMAND ARGUMENT...
#
# The reader's driver listens on every address and cannot be told not to, and the service keeps its
# socket under /run: so both live in namespaces of their own, with nothing but a loopback device.
# Needs root (or unprivileged user namespaces), pcscd and vsmartcard-vpcd. Ends what it started.
set -euo pipefail

if [ "${PCSCD_NAMESPACE:-}" != inside ]; then
  for tool in unshare ip pcscd; do
    command -v "$tool" >/dev/null || { echo "pcscd.sh: $tool is missing" >&2; exit 127; }
  done
  map=()
  [ "$(id -u)" = 0 ] || map=(--map-root-user)
  exec env PCSCD_NAMESPACE=inside unshare --net --mount "${map[@]}" bash "$0" "$@"
fi

ip link set lo up
# The driver writes the length of a frame and its body apart, and waits for the first to be acknowledged
# before it sends the second. The other side's kernel may delay that by 40 ms, for each exchange.
ip route change table local local 127.0.0.0/8 dev lo src 127.0.0.1 quickack 1
ip route change table local local 127.0.0.1 dev lo src 127.0.0.1 quickack 1
mount -t tmpfs tmpfs /run
mkdir -p /run/pcscd

log=$(mktemp)
pcscd --foreground --error >"$log" 2>&1 &
service=$!
command=
finish() {
  code=$?
  trap - EXIT
  for started in $command $service; do
    kill "$started" 2>/dev/null || true
    wait "$started" 2>/dev/null || true
  done
  [ "$code" = 0 ] || cat "$log" >&2
  rm -f "$log"
  exit "$code"
}
trap finish EXIT
trap 'exit 143' TERM INT

for _ in $(seq 100); do
  [ -S /run/pcscd/pcscd.comm ] && break
  kill -0 "$service" 2>/dev/null || { echo "pcscd.sh: pcscd ended at once" >&2; exit 1; }
  sleep 0.05
done

# In the background, so that a signal to this script is heard at once.
PCSCD_PID=$service "$@" &
command=$!
wait "$command"
