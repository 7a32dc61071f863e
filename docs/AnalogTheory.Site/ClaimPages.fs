namespace AnalogTheory.Site

open System
open System.Globalization
open System.IO
open System.Text.Json
open System.Text.RegularExpressions

/// "What the papers print and what the evidence supports": a page a claim, and their index, from the ledger.
[<RequireQualifiedAccess>]
module ClaimPages =

    // ---- The ledger as it is written ----

    type private Answer =
        { Instance: string
          Verdict: string
          Numbers: Map<string, float>
          Query: string option
          Remark: string option }

    type private Dropped = { Hypothesis: string; Violation: string; Margin: float option }

    type private Entry =
        { Id: string
          Variant: string
          Source: string
          Statement: string
          Answers: Answer list
          Necessity: Dropped list }

    let private text (element: JsonElement) (name: string) : string option =
        match element.TryGetProperty name with
        | true, value when value.ValueKind = JsonValueKind.String -> Option.ofObj (value.GetString())
        | _ -> None

    // A number, or one of the words that JSON has no number for.
    let private number (element: JsonElement) (name: string) : float option =
        match element.TryGetProperty name with
        | true, value when value.ValueKind = JsonValueKind.Number -> Some(value.GetDouble())
        | true, value when value.ValueKind = JsonValueKind.String ->
            match Double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture) with
            | true, number -> Some number
            | _ -> None
        | _ -> None

    let private named (element: JsonElement) (name: string) = text element name |> Option.defaultValue ""

    let private answer (element: JsonElement) : Answer =
        let numbers =
            [ "measured"; "bound"; "margin"; "lower"; "upper"; "replicas"; "delta"; "error" ]
            |> List.choose (fun name -> number element name |> Option.map (fun value -> name, value))

        { Instance = named element "instance"
          Verdict = named element "verdict"
          Numbers = Map.ofList numbers
          Query = text element "query"
          Remark = text element "remark" }

    let private dropped (element: JsonElement) : Dropped =
        { Hypothesis = named element "hypothesis"
          Violation = named element "violation"
          Margin = number element "margin" }

    let private entry (element: JsonElement) : Entry =
        let list (name: string) read = [ for item in element.GetProperty(name).EnumerateArray() -> read item ]

        { Id = named element "id"
          Variant = named element "variant"
          Source = named element "source"
          Statement = named element "statement"
          Answers = list "verdicts" answer
          Necessity = list "necessity" dropped }

    // ---- Words and signs ----

    let private chapters =
        [ "D", "Devices"; "S", "Analog SGD"; "L", "The lower bound"; "T", "Tiki-Taka"; "N", "Beyond the papers" ]

    let private shown (value: float) = value.ToString("G4", CultureInfo.InvariantCulture)

    // Supported(9E-09) is a kind and how certain it is.
    let private kind (verdict: string) = verdict.Split('(')[0]

    let private worst (entry: Entry) : float option =
        entry.Answers
        |> List.choose (fun answer -> Map.tryFind "lower" answer.Numbers |> Option.orElse (Map.tryFind "margin" answer.Numbers))
        |> function
            | [] -> None
            | margins -> Some(List.min margins)

    // 5 Evaluated, 1 Refuted.
    let private counted (entry: Entry) : (string * int) list = entry.Answers |> List.countBy (fun answer -> kind answer.Verdict)

    let private badge (verdict: string, count: int) =
        let times = if count > 1 then $" × {count}" else ""
        $"<span class=\"verdict {verdict.ToLowerInvariant()}\">{verdict}{times}</span>"

    let private badges entry = counted entry |> List.map badge |> String.concat " "

    let private link (id: string) = $"<a href=\"{Navigation.root}claims/{Html.slug id}.html\">{Html.ofText id}</a>"

    let private number' (entry: Entry) = Regex.Match(entry.Id, "^[A-Z][0-9]+").Value

    let private arxiv (source: string) =
        Regex.Replace(Html.ofText source, @"arXiv (\d{4}\.\d{5})(v\d)?", "<a href=\"https://arxiv.org/abs/$1$2\">arXiv $1$2</a>")

    // ---- A page ----

    let private evidence (answer: Answer) : string =
        let value name = Map.tryFind name answer.Numbers |> Option.map shown

        [ match value "measured", value "bound", value "margin" with
          | Some measured, Some bound, Some margin -> $"{measured} against {bound}: margin {margin}"
          | _, _, Some margin -> $"margin {margin}"
          | _ -> ()
          match value "lower", value "upper" with
          | Some lower, Some upper -> $"margin between {lower} and {upper}"
          | _ -> ()
          match value "replicas" with
          | Some replicas -> $"{replicas} replicas"
          | None -> ()
          match answer.Query with
          | Some query -> $"query {query}.smt2"
          | None -> ()
          match answer.Remark with
          | Some remark -> remark
          | None -> () ]
        |> String.concat "; "
        |> Html.ofText

    let private necessity (entry: Entry) : string list =
        match entry.Necessity with
        | [] -> []
        | dropped ->
            let row (item: Dropped) =
                [ Html.ofText item.Hypothesis; Html.ofText item.Violation; item.Margin |> Option.map shown |> Option.defaultValue "—" ]

            [ "## What the hypotheses are for"
              "Each was dropped, alone, and a violation was looked for. A search that finds none proves nothing; a solver that proves the claim without it does."
              Html.table [ "without"; "violation"; "margin" ] (List.map row dropped) ]

    let private meanings =
        [ "Proved", "for all real numbers that keep the hypotheses, by a solver, from the same laws that the engine runs"
          "Exact", "on the instance, with certainty: outward rounding or exact fractions"
          "Evaluated",
          "on the instance, summed over all paths of the noise or in closed form, in floating point with an allowance for rounding"
          "Computed", "a stationary quantity of the instance from a discretised law, by more than the estimated error in brackets"
          "Supported",
          "an expectation on independent replicas, with its whole confidence interval on the right side; wrong with at most the probability in brackets"
          "Refuted",
          "it fails on the instance, and the counterexample replays, or the whole interval is on the wrong side; a version with another constant may hold"
          "Vacuous", "a hypothesis fails on the instance, so the claim says nothing about it"
          "Undecided", "budget or solver did not suffice" ]

    let private page (all: Entry list) (seed: string) (entry: Entry) : Page =
        let related = all |> List.filter (fun other -> number' other = number' entry && other.Id <> entry.Id)

        let relatedRows =
            [ for other in related -> [ link other.Id; Html.ofText other.Variant; Html.ofText other.Statement; badges other ] ]

        let answers =
            [ for answer in entry.Answers -> [ Html.ofText answer.Instance; Html.ofText answer.Verdict; evidence answer ] ]

        let explained =
            [ for verdict, _ in counted entry do
                  for word, meaning in meanings do
                      if word = verdict then $"<li><strong>{word}</strong>: {Html.ofText meaning}.</li>" ]

        let body =
            [ $"# {entry.Id}"
              $"<p class=\"statement\">{Html.ofText entry.Statement}</p>"
              Html.table
                  []
                  [ [ "source"; arxiv entry.Source ]
                    [ "variant"; Html.ofText entry.Variant ]
                    [ "verdicts"; badges entry ]
                    [ "worst margin"; worst entry |> Option.map shown |> Option.defaultValue "—" ] ]
              "A margin is the distance from the wrong side of the bound, in the bound's unit; it is negative where the claim fails."
              "## Evidence"
              Html.table [ "instance"; "verdict"; "numbers" ] answers
              "<ul>" + String.concat "" explained + "</ul>"
              yield! necessity entry
              "## How to check it"
              $"With the tool, anywhere:"
              Html.preformatted "shell" $"analog-theory verify {entry.Id} --explain"
              $"In a clone, with the ledger's own seed {seed} and budget:"
              Html.preformatted "shell" $"dotnet fsi build.fsx verify --claims {entry.Id}"
              if entry.Answers |> List.exists (fun answer -> answer.Query.IsSome) then
                  "The queries that the solver answered are kept as text in the folder proofs-checks/smt of the repository, and any solver that reads SMT-LIB 2 answers them again."
              if not related.IsEmpty then
                  "## Other versions"
                  Html.table [ "claim"; "variant"; "statement"; "verdicts" ] relatedRows
              $"<p><a href=\"{Navigation.root}claims/index.html\">All claims</a></p>" ]

        { Name = $"claims/{Html.slug entry.Id}"
          Title = entry.Id
          Group = None
          Place = 0
          Segments = [ Text(String.concat "\n\n" body) ] }

    // ---- The index ----

    let private isPrinted (entry: Entry) = entry.Variant.StartsWith("printed", StringComparison.Ordinal)
    let private isAgainst (entry: Entry) = entry.Answers |> List.exists (fun answer -> kind answer.Verdict = "Refuted")

    let private index (all: Entry list) : Page =
        let row (entry: Entry) =
            [ link entry.Id
              Html.ofText entry.Variant
              Html.ofText entry.Statement
              badges entry
              worst entry |> Option.map shown |> Option.defaultValue "—" ]

        let heads = [ "claim"; "variant"; "statement"; "verdicts"; "worst margin" ]
        let printed = all |> List.filter isPrinted
        let against, others = printed |> List.partition isAgainst
        let answers = all |> List.sumBy (fun entry -> entry.Answers.Length)

        let body =
            [ "# What the papers print and what the evidence supports"
              $"The ledger holds {all.Length} claims and variants with {answers} verdicts. A variant is a claim as it is printed, or with a constant, a sign or a hypothesis that is changed, "
              + "so both can be compared. Each links to its page: source, verdicts with their numbers, what each hypothesis is for, and the command that checks it again."
              "Where a printed claim and the evidence part, the reason usually is a constant, an index or a condition that the argument needs and the statement leaves out; the result that the paper is about stands in the repaired version beside it."
              "<ul class=\"meanings\">"
              + String.concat "" [ for word, meaning in meanings -> $"<li>{badge (word, 1)} {Html.ofText meaning}</li>" ]
              + "</ul>"
              $"## Printed claims that fail on an instance"
              Html.table heads (List.map row against)
              $"## Printed claims that hold on every instance tried, or say nothing about it"
              Html.table heads (List.map row others)
              for letter, chapter in chapters do
                  $"## {chapter}: all claims"
                  Html.table heads (all |> List.filter (fun entry -> entry.Id.StartsWith(letter, StringComparison.Ordinal)) |> List.map row) ]

        { Name = "claims/index"
          Title = "What the papers print and what the evidence supports"
          Group = Some "Theory"
          Place = 2
          Segments = [ Text(String.concat "\n\n" body) ] }

    /// <summary>The pages, index first.</summary>
    /// <param name="ledger">Path of ledger.json.</param>
    /// <exception cref="T:AnalogTheory.Site.SiteBroken">The ledger is not there, or holds a claim of no chapter.</exception>
    let all (ledger: string) : Page list =
        if not (File.Exists ledger) then
            raise (
                SiteBroken
                    [ { Where = ledger
                        What = "Expected the ledger of claims; `dotnet fsi build.fsx verify` writes it." } ]
            )

        use document = JsonDocument.Parse(File.ReadAllText ledger)
        let root = document.RootElement
        let entries = [ for item in root.GetProperty("claims").EnumerateArray() -> entry item ]

        match
            entries
            |> List.tryFind (fun entry ->
                not (List.exists (fun (letter: string, _) -> entry.Id.StartsWith(letter, StringComparison.Ordinal)) chapters))
        with
        | Some other ->
            raise (
                SiteBroken
                    [ { Where = ledger
                        What = $"Claim {other.Id} belongs to no chapter of the index." } ]
            )
        | None -> index entries :: List.map (page entries (root.GetProperty("seed").GetRawText())) entries
