namespace AnalogTheory.Mutation

open System

/// What may notice a mutant.
type Check =
    /// Claims settled anew, their verdicts and negative controls held against the committed ledger.
    | Ledger of claims: string list
    /// Tests of an Expecto suite, those in lists whose name contains a text; "" for all.
    | Tests of suite: string * list: string
    /// Tests of an xUnit suite, those of a class; "" for all.
    | Classes of suite: string * testClass: string

    override check.ToString() =
        match check with
        | Ledger claims -> "ledger of " + String.Join(", ", claims)
        | Tests(suite, "")
        | Classes(suite, "") -> suite
        | Tests(suite, part)
        | Classes(suite, part) -> $"{suite}, {part}"

/// One constant, sign, factor or comparison, broken.
type Mutant =
    {
        /// Short name, unique.
        Id: string
        /// Source file, from the repository's root.
        File: string
        /// Text that occurs once in the file, the expression to break in brackets: `1.0 - ⟦2.0⟧ * x`.
        Site: string
        /// What the expression becomes.
        Becomes: string
        /// Claims by their identifiers, or the law, that are broken by it.
        Breaks: string list
        /// The checks that are asked first, in this order.
        Checks: Check list
    }

/// A change that no check can notice, since it changes nothing that is said; with the argument.
type Equivalent =
    {
        /// Source file, from the repository's root.
        File: string
        /// Text that occurs once in the file, the expression in brackets.
        Site: string
        /// What the expression would become.
        Becomes: string
        /// Why nothing changes.
        Because: string
    }

/// Where in a file an expression stands.
type Place = { Start: int; Length: int }

/// Reading sites.
[<RequireQualifiedAccess>]
module Site =

    let private opening, private closing = '⟦', '⟧'

    /// The expression in brackets; "" where the site has none.
    let expression (site: string) : string =
        match site.IndexOf opening, site.IndexOf closing with
        | first, last when first >= 0 && last > first -> site.Substring(first + 1, last - first - 1)
        | _ -> ""

    /// Where a site's expression stands in a text, or why it cannot be told.
    let find (text: string) (site: string) : Result<Place, string> =
        let first, last = site.IndexOf opening, site.IndexOf closing
        let plain = site.Replace(string opening, "").Replace(string closing, "")
        let at = text.IndexOf(plain, StringComparison.Ordinal)

        if first < 0 || last < first + 2 then
            Error $"no expression between ⟦ and ⟧ in: {site}"
        elif at < 0 then
            Error $"the file has no such text: {plain}"
        elif text.IndexOf(plain, at + 1, StringComparison.Ordinal) >= 0 then
            Error $"the file has this text more than once: {plain}"
        else
            Ok { Start = at + first; Length = last - first - 1 }

/// Making lists of mutants.
[<RequireQualifiedAccess>]
module Mutant =

    /// Mutants of one file that break the same claims or law: name, site, what it becomes.
    let listOf (file: string) (breaks: string list) (checks: Check list) (mutants: (string * string * string) list) : Mutant list =
        [ for id, site, becomes in mutants do
              { Id = id
                File = file
                Site = site
                Becomes = becomes
                Breaks = breaks
                Checks = checks } ]

    /// The suite of the claims' properties.
    let proofs (list: string) : Check = Tests("AnalogTheory.Proofs", list)

    /// The suite of unit tests.
    let tests (list: string) : Check = Tests("AnalogTheory.Tests", list)

    /// Bounds and margins at numbers that were worked out by hand.
    let numbers: Check = proofs "numbers by hand"

    /// A claim's own checks: its verdicts, then its numbers.
    let claim (file: string) (ids: string list) (mutants: (string * string * string) list) : Mutant list =
        listOf ("src/AnalogTheory/" + file) ids [ Ledger ids; numbers ] mutants

    /// The same for a claim that takes a solver long, and longer where it is nearly true: its numbers are asked first.
    let hardClaim (file: string) (ids: string list) (mutants: (string * string * string) list) : Mutant list =
        listOf ("src/AnalogTheory/" + file) ids [ numbers; Ledger ids ] mutants
