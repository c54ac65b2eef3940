#!/bin/sh
# Joins the parts of the chart library that library.js names into one script:
#   library.sh FILE
# The same packages give the same bytes on every system, so their hash is in assets.go.
set -eu
file=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")"
node_modules/.bin/esbuild library.js --bundle --minify --format=iife --global-name=echarts --target=es2017 \
  '--define:process.env.NODE_ENV="production"' --legal-comments=none --log-level=warning --outfile="$file" \
  '--banner:js=/*! Apache ECharts 6.1 (Apache-2.0) with zrender (BSD-3-Clause) and tslib (0BSD): the licences are in licences/ of a release */'
