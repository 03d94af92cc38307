# shellcheck shell=bash
# Designs into files, beside what draws their SVG elsewhere: librsvg, and a headless browser where there is one. Sourced
# by ops/bench.
# shellcheck disable=SC2154

render_designs=(jazz_poster cafe_menu hiking_thumbnail)

part_render() {
    local design scale
    local -a row
    printf '%-18s %5s %9s %9s %9s %9s %9s %9s %9s %9s\n' design scale png jpeg webp svg pdf program librsvg browser
    for design in "${render_designs[@]}"; do
        for scale in 1 2 4; do
            mapfile -t row < <(render_times "$design" "$scale")
            row+=("$(median_ms render_program "$design" "$scale")" "$(median_ms draw_with_librsvg "$design" "$scale")")
            row+=("$(browser_ms "$design" "$scale")")
            printf '%-18s %5s %9s %9s %9s %9s %9s %9s %9s %9s\n' "$design" "$scale" "${row[@]}"
        done
    done
    say "Milliseconds, medians. png to pdf: inside a running program, as a worker renders. program: atelier-render from start to end,"
    say "png, with validation; librsvg: rsvg-convert from start to end, from our SVG to PNG; browser: a headless Chromium's screenshot."
}

render_program() {
    "$build/bin/atelier-render" "$root/schemas/design/examples/$1.json" --pictures "$root/ops/photos" \
        --out "$workspace/render" --outputs png --scale "$2" >"$workspace/render.log"
}

# render_times DESIGN SCALE: of each output, a line each; leaves the SVG.
render_times() {
    "$build/bin/atelier-render" "$root/schemas/design/examples/$1.json" --pictures "$root/ops/photos" \
        --out "$workspace/render" --scale "$2" --repeat "$(either 9 3)" | awk '$NF == "ms" { print $(NF - 1) }'
}

draw_with_librsvg() { rsvg-convert "$workspace/render/$1.svg" -o "$workspace/render/$1.librsvg.png"; }

# The SVG has the scaled size itself.
browser_ms() {
    command -v chromium >/dev/null || { echo -; return; }
    median_ms draw_with_browser "$1" "$2"
}

draw_with_browser() {
    local size
    size=$(sed -n '1s/.* width="\([0-9.]*\)" height="\([0-9.]*\)".*/\1,\2/p' "$workspace/render/$1.svg")
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$workspace/browser" \
        --window-size="$size" --screenshot="$workspace/render/$1.browser.png" "file://$workspace/render/$1.svg" \
        >"$workspace/render.log" 2>&1
}

# median_ms COMMAND...: of several runs.
median_ms() {
    local round begin
    for ((round = 0; round < $(either 5 3); ++round)); do
        begin=${EPOCHREALTIME/./}
        "$@"
        echo $((${EPOCHREALTIME/./} - begin))
    done | sort -n | awk '{ v[NR] = $1 } END { printf "%.1f\n", v[int((NR + 1) / 2)] / 1000 }'
}
