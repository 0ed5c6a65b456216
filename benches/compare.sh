#!/usr/bin/env bash
# Whole processes side by side over one directory: the medians of RUNS runs each, and how many times as long as grep each
# takes. Other linters take part where they are installed.
#
#   benches/compare.sh [DIR]
#
# DIR is testdata/platform where none is named. ROLECALL names the program, target/release/rolecall where it is not set;
# RUNS is 20 where it is not set.
set -euo pipefail
# Decimal points are points, and grep looks at bytes.
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rolecall=${ROLECALL:-$root/target/release/rolecall}
runs=${RUNS:-20}
directory=${1:-$root/testdata/platform}

fail() {
    printf 'compare.sh: %s\n' "$1" >&2
    exit 2
}

[[ -n ${EPOCHREALTIME:-} ]] || fail 'bash 5 is needed, for its clock'
[[ $runs =~ ^[1-9][0-9]*$ ]] || fail 'RUNS has to be a number'
[[ -d $directory ]] || fail "no directory: $directory"
[[ -x $rolecall ]] || fail "no program: $rolecall (build it with cargo build --release, or set ROLECALL)"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

contestants=(grep rolecall)
for tool in kubeconform kube-linter checkov; do
    if type -P "$tool" > "$scratch/path"; then contestants+=("$tool"); fi
done

start() {
    case $1 in
        grep) grep -rc kind: "$directory" ;;
        rolecall) "$rolecall" lint "$directory" -o concise ;;
        kubeconform) kubeconform -ignore-missing-schemas -summary -cache "$scratch" "$directory" ;;
        kube-linter) kube-linter lint "$directory" ;;
        checkov) checkov --directory "$directory" --framework kubernetes --quiet --compact --skip-download ;;
    esac
}

# Microseconds. With 1, a program says that it has found something.
measure() {
    local code=0 begin end
    begin=${EPOCHREALTIME/./}
    start "$1" > "$scratch/out" 2> "$scratch/error" || code=$?
    end=${EPOCHREALTIME/./}
    if ((code > 1)); then
        tail -n 5 "$scratch/error" >&2
        fail "$1 has failed with $code"
    fi
    taken=$((end - begin))
}

# Once unmeasured, so that all find the files, and their own data, in memory. Then in turn: what else the machine does
# falls upon all of them.
for ((run = 0; run <= runs; run++)); do
    for contestant in "${contestants[@]}"; do
        measure "$contestant"
        if ((run > 0)); then echo "$taken" >> "$scratch/$contestant.taken"; fi
    done
done

median() {
    sort -n "$scratch/$1.taken" | awk '{ taken[NR] = $1 } END { print (taken[int((NR + 1) / 2)] + taken[int(NR / 2) + 1]) / 2 }'
}

grep_median=$(median grep)
printf '%-12s %10s %8s   median of %d\n' program ms 'x grep' "$runs"
for contestant in "${contestants[@]}"; do
    awk -v name="$contestant" -v taken="$(median "$contestant")" -v base="$grep_median" \
        'BEGIN { printf "%-12s %10.1f %8.2f\n", name, taken / 1000, taken / base }'
done
