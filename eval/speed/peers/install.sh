#!/usr/bin/env bash
# Makes the environments of the peers below a folder: eval/speed/peers/install.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
for name in common verbatim_rag; do
    python3 -m venv "$1/$name"
    "$1/$name/bin/pip" install --quiet --requirement "$here/requirements-$name.txt"
done
# Only reading pictures needs it, and the package index has it for CUDA alone.
"$1/verbatim_rag/bin/pip" uninstall --quiet --yes torchvision
