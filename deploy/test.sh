#!/usr/bin/env bash
# Runs both families of tests, whatever the first says, and fails if either failed. Arguments go to pytest.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
mkdir -p build

# A worker on each core; a file stays with its worker, since tests of one file share a hall.
.venv/bin/python -m pytest --numprocesses auto --dist loadfile "$@" </dev/null
python_result=$?

mapfile -t board_tests < <(find tests -name 'test_*.mjs' | sort)
boards_result=0
boards_words="none yet"
if [ "${#board_tests[@]}" -gt 0 ]; then
  node --test "${board_tests[@]}" </dev/null
  boards_result=$?
  boards_words="${#board_tests[@]} files"
fi

says() { [ "$1" -eq 0 ] && echo "passed" || echo "FAILED (exit status $1)"; }
echo
echo "Python and browser tests: $(says "$python_result")"
echo "Screen logic (node):      $(says "$boards_result"), $boards_words"
[ "$python_result" -eq 0 ] && [ "$boards_result" -eq 0 ]
