"""The scripts keep to their types, which stand in comments."""

import json
import subprocess
from pathlib import Path

from installed import npm

TYPESCRIPT = "typescript@5.9.3"
SITE = Path(__file__).parent.parent.parent / "site"
FOLDERS = (SITE / "assets", SITE / "overrides/assets")


def test_the_scripts_keep_to_their_types(tmp_path: Path) -> None:
    options = {
        "allowJs": True, "checkJs": True, "noEmit": True, "strict": True, "noUncheckedIndexedAccess": True,
        "noUnusedLocals": True, "noUnusedParameters": True, "target": "es2023", "module": "esnext",
        "moduleResolution": "bundler", "lib": ["es2023", "dom", "dom.iterable"], "types": [],
    }  # fmt: skip
    settings = {"compilerOptions": options, "include": [f"{folder}/**/*.js" for folder in FOLDERS]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    command = ["node", str(npm(TYPESCRIPT) / "bin/tsc"), "-p", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_scripts_are_small() -> None:
    for path in (path for folder in FOLDERS for path in folder.rglob("*.js")):
        text = path.read_text()
        assert text.startswith("// @ts-check\n// "), path
        assert text.count("\n") <= 250, path
