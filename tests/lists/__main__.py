"""What is read in each list of this folder, written beside it to be checked: python -m tests.lists [PART OF A NAME]."""

import sys

from tests.lists import LISTS, expected_path, reading, written

if __name__ == "__main__":
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    for path in LISTS:
        if part in path.name:
            expected_path(path).write_text(written(path, reading(path)), encoding="utf-8")
            print(expected_path(path).name)
