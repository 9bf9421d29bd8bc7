#!/bin/sh
# Run a tool with the first Python on PATH that is new enough and can make environments.
#
# Usage: sh tools/with_python.sh TOOL.py [ARGUMENT ...]
#
# Plain POSIX shell: this runs before anything else of the project can.
# Each Python is started, not only looked for: version managers put names on
# PATH that lead nowhere.

# Both would make a found Python load another one's modules.
unset PYTHONHOME PYTHONPATH

for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then exec "$name" "$@"
    fi
done

page=https://www.python.org/downloads/
printf '%s\n' >&2 \
    "Fant ikke Python 3.11 eller nyere med delen «venv»: installer den ($page; Debian og Ubuntu: sudo apt install python3-venv) og prøv igjen." \
    "Python 3.11 or newer with its “venv” part was not found: install it ($page; Debian and Ubuntu: sudo apt install python3-venv) and try again."
exit 1
