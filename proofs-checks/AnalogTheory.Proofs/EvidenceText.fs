/// What each kind of evidence can and cannot show, in plain words, for the ledger's page.
namespace AnalogTheory.Proofs

/// What verdicts are worth.
[<RequireQualifiedAccess>]
module EvidenceText =

    // Kind, what it shows, what it cannot show.
    let private kinds: (string * string * string) list =
        [ "Proved",
          "the statement, for all real numbers that keep the hypotheses; the query that the solver answered is kept, and with it the same query without its conclusion, which has to be satisfiable",
          "that doubles behave like real numbers, that the solver is right, or that the query says what the paper means: that is for a reader to check"
          "Exact",
          "the inequality on the instance named, with certainty: the engine's own law and rule, computed over intervals with outward rounding, and over exact fractions where an interval leaves the sign open",
          "anything about another instance: one step, one device, one noise of finitely many values, each number the double that stands in the instance"
          "Evaluated",
          "the inequality on the instance named, its expectation summed over all paths of the noise or in closed form; no luck is in it",
          "anything about another instance; and the rounding of the sum is allowed for by a fixed share of the numbers compared, which nothing encloses: paths are too long for fractions, or a formula needs roots, exponentials or a function in doubles"
          "Seen at n points", "the inequality at n points of a range, of a device or a setting", "anything about what lies between them"
          "Computed(e)",
          "a stationary quantity of the instance from a discretised law, on the right side of the bound by more than e; e bounds the error by the residual of Poisson's equation, which holds for any grid and for every stationary law that the chain has",
          "that the residual is nowhere larger than where it was read, at six places of every cell (four in the plane); that rounding and the quadrature of a noise with a density, some twelve digits each, do not matter"
          "Supported(δ), Refuted(δ)",
          "the sign of an expectation on the instance from independent replicas whose margins lie in a range that holds surely; whatever the law in that range, the verdict is wrong with probability at most δ, however long one waits",
          "an expectation equal to the bound, which stays undecided; that replicas are independent, beyond batches that repeat; that the range holds, beyond the margins drawn: each is held against it, and one outside makes the verdict vacuous"
          "Supported(asymptotic), Refuted(asymptotic)",
          "what the central limit theorem says where no range is known; refused while the margins seen have no spread, take fewer than 32 values, or are too skewed or heavy-tailed for their number",
          "anything at a finite number of replicas: a rare large loss of which nothing was drawn fools it, with any probability. State a range where one is known; no part of the ledger's δ is spent here"
          "Refuted",
          "that the claim fails on the instance: the counterexample replays",
          "that it fails elsewhere, or that a version with another constant does"
          "Vacuous",
          "that the claim says nothing about the instance, which hypothesis fails, and by how much: on the instance, on a visited path, or because a margin lay outside its range",
          "anything for or against the claim"
          "Undecided", "that budget, solver or interval did not suffice, with the reason", "anything for or against the claim" ]

    let private watched: string list =
        [ "What an instance takes for granted of its parts is held against what happens, for S3 on the first 16 to 256 paths at every step, for S4 on its one path. That f is L-smooth, that f* is its"
          "minimum, that the device is the asymmetric linear one, that |ε_d| keeps its bound and ‖W‖∞ its own: at each visited state, where one failure makes the verdict vacuous. That E ε = 0 and E‖ε‖² ≤ σ²:"
          "as the noise states it at each visited state, and by bets against it on every draw, which a true statement loses with probability at most a quarter of the instance's δ. What paths do not visit, a"
          "bias far below the deviation over the root of the number of draws, and a bias that neither a coordinate nor the direction of ∇f shows, are not seen." ]

    // Numbered statements of the papers that no claim is about.
    let private left: string list =
        [ "Every numbered theorem of v1 (arXiv 2406.12774v1) whose statement was at hand has rows: 1 (D2), 2 (S3), 3 (L4), 4 (T8), 6 and 8 (S8), 9 (S4). Theorems 5 and 7 have none: their text was not, and a"
          "row from memory would be a guess. Digital SGD, with which v1 compares, is S5-digital and L5-digital." ]

    /// The section of the page.
    let section (table: string list -> string list list -> string list) : string list =
        [ "## What each kind of evidence can and cannot show"
          ""
          yield! table [ "verdict"; "shows"; "cannot show" ] [ for kind, shows, cannot in kinds -> [ kind; shows; cannot ] ]
          ""
          yield! watched
          ""
          "## What has no row"
          ""
          yield! left ]
