#!/usr/bin/env bash
# Whether time and memory grow with the input and no faster: several commands over several directories, the smallest first.
#
#   benches/scale.sh DIR...
#
# For each: the size of the input, the time that passed, the time on all threads together, and the most memory that was
# in use, as the best of RUNS runs; then the exponents by which time and memory have grown since the directory before,
# where 1 is as fast as the input. ROLECALL names the program, target/release/rolecall where it is not set; RUNS is 3
# where it is not set.
set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rolecall=${ROLECALL:-$root/target/release/rolecall}
runs=${RUNS:-3}

fail() {
    printf 'scale.sh: %s\n' "$1" >&2
    exit 2
}

(($# > 0)) || fail 'name directories, the smallest first'
[[ $runs =~ ^[1-9][0-9]*$ ]] || fail 'RUNS has to be a number'
[[ -x $rolecall ]] || fail "no program: $rolecall (build it with cargo build --release, or set ROLECALL)"

for directory in "$@"; do
    [[ -d $directory ]] || fail "no directory: $directory"
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Bash knows how long a command took, and only GNU time how much memory it had.
gnu_time=$(type -P time || true)
if [[ -n $gnu_time ]] && ! "$gnu_time" -f %M -o "$scratch/figures" true 2> "$scratch/error"; then gnu_time=; fi

# Leaves `seconds user system KiB` in the file `figures`, with KiB 0 where that is not known.
measure() {
    local code=0
    if [[ -n $gnu_time ]]; then
        "$gnu_time" -q -f '%e %U %S %M' -o "$scratch/figures" "$@" > "$scratch/out" 2> "$scratch/error" || code=$?
    else
        local TIMEFORMAT='%R %U %S 0'
        { time "$@" > "$scratch/out" 2> "$scratch/error" || code=$?; } 2> "$scratch/figures"
    fi
    # With 1, the program says that it has found something, or nobody.
    if ((code > 1)); then
        tail -n 5 "$scratch/error" >&2
        fail "\`${*:2}\` has failed with $code"
    fi
}

# The best figures of all runs: `seconds, seconds on all threads, KiB`.
best() {
    local run
    : > "$scratch/runs"
    for ((run = 0; run < runs; run++)); do
        measure "$@"
        cat "$scratch/figures" >> "$scratch/runs"
    done
    awk 'function low(least, new) { return NR == 1 || new < least ? new : least }
         { passed = low(passed, $1); busy = low(busy, $2 + $3); memory = low(memory, $4) }
         END { print passed, busy, memory }' "$scratch/runs"
}

# The arguments of each command, about what is in a directory.
ask() {
    case $1 in
        lint) best "$rolecall" lint "$2" -o concise ;;
        who-can) best "$rolecall" who-can get secrets -A -f "$2" -o json ;;
        escalate) best "$rolecall" escalate -f "$2" -o json ;;
        graph) best "$rolecall" graph -f "$2" --format json ;;
    esac
}

printf '%-10s %10s %9s %9s %9s %8s %8s %8s   best of %d\n' \
    command 'MB input' 's passed' 's busy' 'MB peak' '/ input' '^ time' '^ memory' "$runs"
for command in lint who-can escalate graph; do
    for directory in "$@"; do
        bytes=$(find "$directory" -type f \( -name '*.yaml' -o -name '*.yml' -o -name '*.json' \) -exec cat {} + | wc -c)
        figures=$(ask "$command" "$directory")
        echo "$command $bytes $figures"
    done
done | awk '
    function exponent(old, new, growth) {
        return old > 0 && new > 0 && growth > 0 && growth != 1 ? sprintf("%.2f", log(new / old) / log(growth)) : "-"
    }
    {
        growth = $1 == command ? $2 / bytes : 0
        peak = $5 > 0 ? sprintf("%.1f", $5 * 1024 / 1e6) : "-"
        share = $5 > 0 && $2 > 0 ? sprintf("%.2f", $5 * 1024 / $2) : "-"
        time = exponent(busy, $4, growth)
        space = exponent(memory, $5, growth)
        printf "%-10s %10.1f %9.2f %9.2f %9s %8s %8s %8s\n", $1, $2 / 1e6, $3, $4, peak, share, time, space
        fflush()
        command = $1; bytes = $2; busy = $4; memory = $5
    }'
