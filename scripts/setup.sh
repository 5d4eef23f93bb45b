#!/bin/sh
# Make .venv ready: create it when it is missing or does not work here, install the project and its tools into it.
# A stamp remembers for which pyproject.toml and which folder that was done, so a second run costs nothing.
set -eu

cd "$(dirname "$0")/.."
python=.venv/bin/python
stamp=.venv/creditrules-ready
wanted="$(cksum < pyproject.toml) $PWD"

runs() { # whether the interpreter works, is new enough and belongs to this very folder
    "$python" -c '
import sys
sys.exit(sys.version_info < (3, 11) or sys.prefix != sys.argv[1])' "$PWD/.venv" 2>/dev/null
}

fitting_python() { # the first interpreter that can make an environment; a name on PATH may still not run
    for name in python3.11 python3 python3.12 python3.13 python3.14; do
        if "$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or later is needed (with its venv module); none was found on PATH." >&2
    return 1
}

if [ -e .venv ] && { ! runs || [ ! -e "$stamp" ]; }; then
    echo ".venv does not belong here or does not work; making it anew"
    rm -rf .venv
fi
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
if [ ! -e .venv ]; then
    maker="$(fitting_python)"
    echo "making .venv with $("$maker" -V)"
    "$maker" -m venv .venv
    # durable-rules comes as source and is built with these.
    "$python" -m pip install --quiet --disable-pip-version-check setuptools wheel
fi
echo "installing creditrules and its tools into .venv (about a minute, the first time)"
"$python" -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
printf '%s' "$wanted" > "$stamp"
