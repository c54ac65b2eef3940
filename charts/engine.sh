#!/usr/bin/env bash
# Builds the claim engine for browsers into charts/assets, with the script that starts it, which comes with Go.
# The same Go gives the same bytes, wherever it runs.
set -euo pipefail
cd "$(dirname "$0")/.."
go=${GO:-go}
GOOS=js GOARCH=wasm GOWASM='' CGO_ENABLED=0 GOEXPERIMENT='' GOFLAGS='-trimpath -buildvcs=false' \
  "$go" build -ldflags "-s -w -buildid=" -o charts/assets/claim.wasm ./pipeline/publish/claimcard/wasm
chmod 0644 charts/assets/claim.wasm
install -m 0644 "$("$go" env GOROOT)/lib/wasm/wasm_exec.js" charts/assets/wasm_exec.js
