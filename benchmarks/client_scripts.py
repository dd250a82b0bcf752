"""What `client.py` has each client do, in a process that loads nothing else.

The first argument is the address of the tree, the second a folder to keep copies in, the third a file to read.
"""

from collections.abc import Mapping

from horde_reference.records.categories import CATEGORIES

OURS, OLD, FLOOR = "ours", "released", "floor"
LIBRARIES = ("click", "git", "httpx", "jinja2", "jsonschema", "pydantic", "redis", "requests")

# Each ends with `said`: what was read, by which the clients are compared.
_OURS = """import sys
from horde_reference import Http, Reference
reference = Reference(Http(sys.argv[1]))
"""
OURS_KEPT = """import sys
from horde_reference import Settings, open_reference
def reference(**stated):
    return open_reference(Settings(url=(sys.argv[1],), cache=sys.argv[2], github=False, snapshot=False, **stated))
"""
_OLD = """from horde_model_reference import MODEL_REFERENCE_CATEGORY
from horde_model_reference.model_reference_manager import ModelReferenceManager
manager = ModelReferenceManager()
"""
_OLD_FIRST = _OLD + "said = next(iter(manager.get_model_reference(MODEL_REFERENCE_CATEGORY.image_generation)))"
_FLOOR = """import json, sys
from http.client import HTTPConnection
connection = HTTPConnection(sys.argv[1].removeprefix("http://"))
def get(name, below="api/model_references/v2/", **headers):
    connection.request("GET", f"/{below}{name}.json", headers=headers)
    answer = connection.getresponse()
    return answer.headers["ETag"], answer.read()
"""
_ALL = f"for name in {tuple(CATEGORIES)!r}:\n    tag, body = get(name); read[name] = json.loads(body)"
_REFRESH = """
import sys, time
print("ready", flush=True)
sys.stdin.readline()
start = time.monotonic()
{}
took = time.monotonic() - start
"""
SCRIPTS: Mapping[str, Mapping[str, str]] = {
    "import": {
        OURS: _OURS + "said = 0",
        OLD: _OLD.replace("manager = ModelReferenceManager()", "said = 0"),
        FLOOR: _FLOOR + "said = 0",
    },
    "first record": {
        OURS: _OURS + "said = reference.images.first().name",
        OLD: _OLD_FIRST,
        FLOOR: _FLOOR + "said = next(iter(json.loads(get('image_generation')[1])))",
    },
    "all records": {
        OURS: _OURS + "reference.load(); said = sum(1 for _ in reference)",
        OLD: _OLD + "said = sum(map(len, manager.get_all_model_references().values()))",
        FLOOR: f"{_FLOOR}read = {{}}\n{_ALL}\nsaid = sum(map(len, read.values()))",
    },
    "offline start": {
        OURS: OURS_KEPT + "said = reference(offline=True).images.first().name",
        OLD: _OLD_FIRST,
        FLOOR: "import json, sys\nsaid = next(iter(json.load(open(sys.argv[3], 'rb'))))",
    },
    # Seconds of a refresh are those of the refresh alone, after all was read; the floor asks for one file.
    "refresh": {
        OURS: f"{_OURS}reference.load()\n{_REFRESH.format('said = reference.refresh()')}",
        OLD: f"{_OLD}manager.get_all_model_references()\n"
        + _REFRESH.format("said = bool(manager.get_all_model_references(overwrite_existing=True))"),
        FLOOR: f"{_FLOOR}tag, _ = get('head', '')\n"
        + _REFRESH.format("said = get('head', '', **{'If-None-Match': tag})[1] == b''"),
    },
}
TELL = f"""
import time
done = took if "took" in globals() else time.monotonic()
memory = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) / 1024
import json, sys
print()
print(json.dumps([done, memory, said, sorted(set(sys.modules) & set({LIBRARIES}))]))
"""
"""What each script ends with: seconds, the highest memory of this process alone in MB, what was read."""
