// The best row of each block of rows: the one whose code is most like the code that is asked about.
//
// How it works: an invocation takes a row and sums the products of both codes, four values of 8 bits a word. A workgroup takes a block
// and finds its best row by halves: the greatest sum, of equal ones the lowest row. Whole numbers are exact, so this is what a
// processor finds, to the bit. It then looks through the best blocks itself: the k best rows lie in the k blocks with the best best
// rows, since each of those blocks holds one that is at least as good as any row elsewhere.

const BLOCK: u32 = 256u;
const HALVINGS: u32 = 8u;
/// Most sixteens of values a code.
const MOST_SIXTEENS: u32 = 64u;
const NOBODY: u32 = 0xffffffffu;

struct Question {
    /// The first row in this buffer, and how many there are.
    first: u32,
    rows: u32,
    /// Sixteens of values a code.
    sixteens: u32,
    /// The row that is asked about, which is not its own neighbour.
    own: u32,
}

@group(0) @binding(0) var<uniform> question: Question;
@group(0) @binding(1) var<storage, read> codes: array<vec4u>;
@group(0) @binding(2) var<storage, read> code: array<vec4u>;
// The sum, and the row or NOBODY.
@group(0) @binding(3) var<storage, read_write> best: array<vec2u>;

var<workgroup> sums: array<i32, BLOCK>;
var<workgroup> rows: array<u32, BLOCK>;

@compute @workgroup_size(256)
fn best_of_block(
    @builtin(local_invocation_index) at: u32,
    @builtin(workgroup_id) group: vec3u,
    @builtin(num_workgroups) groups: vec3u,
) {
    let block = group.x + group.y * groups.x;
    let here = block * BLOCK + at;
    var sum = 0;
    var ink = 0u;
    if here < question.rows {
        for (var i = 0u; i < min(question.sixteens, MOST_SIXTEENS); i++) {
            let a = codes[here * question.sixteens + i];
            let b = code[i];
            sum += dot4I8Packed(a.x, b.x) + dot4I8Packed(a.y, b.y) + dot4I8Packed(a.z, b.z) + dot4I8Packed(a.w, b.w);
            ink |= a.x | a.y | a.z | a.w;
        }
    }
    // A row whose code is 0 everywhere is nobody's neighbour.
    let row = question.first + here;
    sums[at] = sum;
    rows[at] = select(NOBODY, row, ink != 0u && row != question.own);
    for (var halving = 0u; halving < HALVINGS; halving++) {
        let half = BLOCK >> (halving + 1u);
        workgroupBarrier();
        if at < half {
            let other = at + half;
            let better = sums[other] > sums[at] || (sums[other] == sums[at] && rows[other] < rows[at]);
            if rows[other] != NOBODY && (rows[at] == NOBODY || better) {
                sums[at] = sums[other];
                rows[at] = rows[other];
            }
        }
    }
    if at == 0u && block < arrayLength(&best) {
        best[block] = vec2u(bitcast<u32>(sums[0]), rows[0]);
    }
}
