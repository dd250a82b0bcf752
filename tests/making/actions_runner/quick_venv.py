"""`python3 -m venv` and `pip install --editable .` in half a second: packages come from an environment that is there.

Run with the folder to make, and that environment. What `pip install` then installs is only the project in the current
folder; all else has to be there already. The project's own code is that of the current folder, not of the environment.
"""

import shutil
import sys
import sysconfig
import venv
from pathlib import Path

_PIP = """
import sys, tomllib
from pathlib import Path

SITE, TAKEN_FROM = Path({site!r}), Path({source!r})
if "install" not in sys.argv:
    sys.exit(f"What stands in for pip only installs, it does not: {{sys.argv[1:]}}")
if "--editable" not in sys.argv and "-e" not in sys.argv:
    sys.exit("What stands in for pip installs an editable project, nothing else.")
target = max(sys.argv.index(option) for option in ("--editable", "-e") if option in sys.argv) + 1
project = Path(sys.argv[target].partition("[")[0]).resolve()
stated = tomllib.loads((project / "pyproject.toml").read_text())
packages = stated["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
lines = [str((project / package).parent) for package in packages] + [str(TAKEN_FROM)]
(SITE / "project.pth").write_text("\\n".join(lines) + "\\n")
for script in (TAKEN_FROM.parents[2] / "bin").iterdir():
    here = Path(sys.prefix) / "bin" / script.name
    if here.exists() or not script.is_file():
        continue
    body = script.read_bytes()
    if body.startswith(b"#!" + bytes(TAKEN_FROM.parents[2])):
        here.write_bytes(b"#!" + sys.executable.encode() + b"\\n" + body.partition(b"\\n")[2])
        here.chmod(0o755)
    else:
        here.symlink_to(script)
"""


def make(home: Path, source: Path) -> None:
    venv.EnvBuilder(symlinks=True).create(home)
    version = f"python{sysconfig.get_python_version()}"
    site, taken_from = (root.resolve() / "lib" / version / "site-packages" for root in (home, source))
    shutil.rmtree(site / "pip", ignore_errors=True)
    (site / "pip").mkdir()
    (site / "pip/__main__.py").write_text(_PIP.format(site=str(site), source=str(taken_from)))


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
