#!/usr/bin/env bash
# Records how GNU FriBidi draws the lines of data/lines.txt, in both base directions, as data/fribidi.txt: a line each of
# R or L, a tab, the line, a tab, the drawn line from left to right. Needs `fribidi` (Debian: libfribidi-bin).
set -euo pipefail
cd "$(dirname "$0")/data"
lines=$(grep -v '^# ' lines.txt)
draw() { printf '%s\n' "$lines" | fribidi --nopad --nobreak --reordernsm --clean "--$1"; }
{
  printf '# %s\n' "$(fribidi --version | head -n 1), $(fribidi --version | grep -o 'Unicode Character Database version [0-9.]*')"
  paste <(sed 's/.*/R/' <<<"$lines") - <(draw rtl) <<<"$lines"
  paste <(sed 's/.*/L/' <<<"$lines") - <(draw ltr) <<<"$lines"
} >fribidi.txt
