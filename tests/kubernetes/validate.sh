#!/bin/bash
# Manifests of jobs against Kubernetes' published API schema, as the npm package kubernetes-models compiles it (MIT).
# usage: tests/kubernetes/validate.sh MANIFEST.json …
# A line a manifest: its name, then "valid" or what is wrong. Exit code 77 when there is no node or the package cannot be had.
set -u
here=$(cd "$(dirname "$0")" && pwd)
for program in node npm; do
  command -v $program > /dev/null || { echo "skipped: expected $program on this machine"; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$here/validate.mjs" "$folder"
limit=$(command -v timeout > /dev/null && echo "timeout 60")
$limit npm install --prefix "$folder" --ignore-scripts --fetch-retries=0 --no-audit --no-fund --silent kubernetes-models@5.1.0 > /dev/null 2>&1 \
  || { echo "skipped: the npm package kubernetes-models cannot be had here"; exit 77; }
node "$folder/validate.mjs" "$@"
