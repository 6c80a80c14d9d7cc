#!/bin/sh
# Records what GNU FriBidi (Debian's libfribidi-bin) makes of data/lines.txt, into data/fribidi.txt: a line each, in
# visual order from the left, shaped, marks behind their letters, format characters out. Run it when the lines change.
cd "$(dirname "$0")/data" || exit 1
while IFS='	' read -r base line; do
    case $base in R) side=--rtl ;; *) side=--ltr ;; esac
    printf '%s\n' "$line" | fribidi $side --nopad --nobreak --reordernsm --clean
done <lines.txt >fribidi.txt
wc -l lines.txt fribidi.txt
fribidi --version | head -n 1
