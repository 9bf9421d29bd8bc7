#!/bin/sh
# Run a tool with the first Python on PATH that is new enough.
#
# Usage: sh tools/with_python.sh TOOL.py [ARGUMENT ...]
#
# Plain POSIX shell: this runs before anything else of the project can.
# Each Python is started, not only looked for: version managers put names on
# PATH that lead nowhere.

# Both would make a found Python load another one's modules.
unset PYTHONHOME PYTHONPATH

# Written so that every Python can read it. Status 3: too old, 4: parts missing.
probe='
import sys
if sys.version_info < (3, 11):
    sys.stdout.write("%d.%d" % sys.version_info[:2])
    sys.exit(3)
try:
    from ensurepip import bootstrap
    from venv import create
except ImportError:
    sys.exit(4)
'
too_old=''
without_venv=''
for name in python3 python3.11 python3.12 python3.13 python3.14; do
    command -v "$name" >/dev/null 2>&1 || continue
    version=$("$name" -c "$probe" 2>/dev/null)
    case $? in
    0) exec "$name" "$@" ;;
    3) too_old=${too_old:-$version} ;;
    4) without_venv=${without_venv:-$name} ;;
    esac
done

if [ -n "$without_venv" ]; then
    nb='Python mangler delen «venv»: installer den (Debian og Ubuntu: sudo apt install python3-venv) og prøv igjen.'
    en='Python lacks its “venv” part: install it (Debian and Ubuntu: sudo apt install python3-venv) and try again.'
elif [ -n "$too_old" ]; then
    nb="Python $too_old er for gammel: installer Python 3.11 eller nyere (https://www.python.org/downloads/) og prøv igjen."
    en="Python $too_old is too old: install Python 3.11 or newer (https://www.python.org/downloads/) and try again."
else
    nb='Fant ikke Python: installer Python 3.11 eller nyere (https://www.python.org/downloads/) og prøv igjen.'
    en='Python was not found: install Python 3.11 or newer (https://www.python.org/downloads/) and try again.'
fi
printf '%s\n%s\n' "$nb" "$en" >&2
exit 1
