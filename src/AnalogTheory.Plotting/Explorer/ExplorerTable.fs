/// Tables of results as the explorer takes them: a row for each measure at each combination of parameters.
namespace AnalogTheory.Plotting

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open System.Text.Json
open AnalogTheory.Runs

/// <summary>Columns of a long table, by what they hold.</summary>
[<RequireQualifiedAccess>]
module internal LongTable =

    /// <summary>Names of the columns that hold results; every other column is a parameter.</summary>
    let results = [ "measure"; "mean"; "standard_error"; "lower"; "upper"; "replicas"; "bound"; "computed"; "computed_error" ]

    /// <summary>Names of columns that say how a row came about, and that no map is drawn over.</summary>
    let asides = [ "cell"; "diverged"; "status"; "seconds" ]

    /// <summary>A column's cells as words; a number that is none is an empty word.</summary>
    let words (cells: CsvCells) : string[] =
        match cells with
        | CsvCells.Texts words -> words
        | CsvCells.Numbers values -> values |> Array.map (fun value -> if Double.IsNaN value then "" else Csv.number value)

    let private number (name: string) (row: int) (word: string) : float =
        match Double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture) with
        | true, value -> value
        | _ when String.IsNullOrWhiteSpace word -> nan
        | _ ->
            raise (
                InvalidDataException(
                    FormattableString.Invariant $"Expected a number in the column '{name}', record {row + 2}, got '{word}'."
                )
            )

    /// <summary>A column's cells as numbers; an empty cell is NaN.</summary>
    /// <exception cref="T:System.IO.InvalidDataException">A cell is another word.</exception>
    let numbers (name: string) (cells: CsvCells) : float[] =
        match cells with
        | CsvCells.Numbers values -> values
        | CsvCells.Texts words -> Array.mapi (number name) words

    /// <summary>A wide table, with columns X, X_lower and X_upper for each measure X, as a long one.</summary>
    /// <returns>The same columns if it is long already, that is, if it has a column "mean".</returns>
    let ofWide (columns: (string * CsvCells) list) : (string * CsvCells) list =
        let has name = List.exists (fst >> (=) name) columns

        let measures =
            if has "mean" then
                []
            else
                columns |> List.map fst |> List.filter (fun name -> has (name + "_lower") && has (name + "_upper"))

        if measures.IsEmpty then
            columns
        else
            let parts = measures |> List.collect (fun name -> [ name; name + "_lower"; name + "_upper" ])
            let rows = (snd columns.Head).Count
            let repeated cells = measures |> List.map (fun _ -> words cells) |> Array.concat |> CsvCells.Texts
            let find name = columns |> List.find (fst >> (=) name) |> snd

            let joined suffix =
                measures |> List.map (fun name -> numbers name (find (name + suffix))) |> Array.concat |> CsvCells.Numbers

            [ for name, cells in columns do
                  if not (List.contains name parts) then name, repeated cells
              "measure", measures |> List.map (Array.replicate rows) |> Array.concat |> CsvCells.Texts
              "mean", joined ""
              "lower", joined "_lower"
              "upper", joined "_upper" ]

/// <summary>A parameter along which a table extends, with its distinct values.</summary>
type internal ExplorerAxis =
    {
        /// Name of the column.
        Name: string
        /// Values as they were written: numbers in rising order, words in the order of their rows.
        Values: string[]
        /// The values as numbers, if all are.
        Numbers: float[] voption
        /// For each row, the place of its value.
        Places: int[]
    }

[<RequireQualifiedAccess>]
module internal ExplorerAxis =

    let make (name: string) (cells: CsvCells) : ExplorerAxis =
        let words = LongTable.words cells |> Array.map _.Trim()
        let distinct = Array.distinct words

        let parsed = distinct |> Array.map (fun word -> Double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture))

        let areNumbers = distinct.Length > 0 && parsed |> Array.forall (fun (isNumber, value) -> isNumber && Double.IsFinite value)

        // Two spellings of one number are one value.
        let values, numbers, placeOf =
            if areNumbers then
                let sorted = parsed |> Array.map snd |> Array.distinct |> Array.sort

                let place =
                    Array.zip distinct parsed
                    |> Array.map (fun (word, (_, value)) -> word, Array.BinarySearch(sorted, value))
                    |> dict

                Array.map Csv.number sorted, ValueSome sorted, place
            else
                distinct, ValueNone, (distinct |> Array.mapi (fun i word -> word, i) |> dict)

        { Name = name
          Values = values
          Numbers = numbers
          Places = words |> Array.map (fun word -> placeOf[word]) }

/// <summary>A table of results for the explorer: parameters, and at each combination of them the mean of one or more measures with its uncertainty.</summary>
/// <remarks>
/// The columns of a long table: <c>mean</c> (required); <c>measure</c>, the name of what is measured; <c>lower</c> and <c>upper</c>, the ends of its interval, or
/// <c>standard_error</c>; <c>replicas</c>; <c>bound</c>, what the theory allows; <c>computed</c> and <c>computed_error</c>, what a law gives without sampling, and by
/// how much that may be off. Every other column is a parameter, of numbers or of words; <c>cell</c>, <c>diverged</c>, <c>status</c> and <c>seconds</c> are left out.
/// A wide table is taken too: for each measure X the columns X, X_lower and X_upper, as <c>analog-theory simulate</c> writes them.
/// </remarks>
[<Sealed>]
type ExplorerTable
    private (title: string, about: string, labels: Map<string, string>, columns: Map<string, CsvCells>, axes: ExplorerAxis list) =

    let measure =
        match Map.tryFind "measure" columns with
        | Some cells -> ExplorerAxis.make "measure" cells
        | None ->
            let rows = columns["mean"].Count

            { Name = "measure"
              Values = [| "mean" |]
              Numbers = ValueNone
              Places = Array.zeroCreate rows }

    let label (name: string) =
        match Map.tryFind name labels with
        | Some markup -> Markup.toHtml markup
        | None -> Markup.toHtml (PlainText.toMarkup (name.Replace('_', ' ')))

    let refuseDoubles () =
        let seen = Dictionary<string, int>()

        for row in 0 .. measure.Places.Length - 1 do
            let key = [ for axis in measure :: axes -> axis.Places[row].ToString CultureInfo.InvariantCulture ] |> String.concat ","

            if not (seen.TryAdd(key, row)) then
                let where = [ for axis in axes -> $"{axis.Name} = {axis.Values[axis.Places[row]]}" ] |> String.concat ", "

                raise (
                    InvalidDataException(
                        FormattableString.Invariant
                            $"Expected one row for each measure and combination of parameters, got two, records {seen[key] + 2} and {row + 2}: {where}."
                    )
                )

    do refuseDoubles ()

    /// <summary>A table from its columns.</summary>
    /// <param name="title">Title in plain text; the explorer lists tables by it.</param>
    /// <param name="columns">Columns of a long or a wide table: names and cells, all equally long, at least one row.</param>
    /// <returns>The table, its labels the names of its columns.</returns>
    /// <exception cref="T:System.IO.InvalidDataException">There is no mean, no row or no parameter, a cell of a result is no number, or two rows stand for the same combination.</exception>
    static member OfColumns(title: string, columns: seq<string * CsvCells>) : ExplorerTable =
        let columns = LongTable.ofWide (List.ofSeq columns)

        if not (List.exists (fst >> (=) "mean") columns) then
            let names = columns |> List.map fst |> String.concat ", "

            raise (InvalidDataException $"Expected a column 'mean', or columns X, X_lower and X_upper for a measure X, got {names}.")

        if (snd columns.Head).Count = 0 then
            raise (InvalidDataException "Expected at least one row, got none.")

        let axes =
            [ for name, cells in columns do
                  if not (List.contains name LongTable.results || List.contains name LongTable.asides) then
                      ExplorerAxis.make name cells ]

        if axes |> List.forall (fun axis -> axis.Values.Length < 2) then
            raise (InvalidDataException "Expected at least one parameter with two values, got none.")

        // A word among numbers is told now, not when the page is written.
        let columns =
            columns
            |> List.map (fun (name, cells) ->
                let isNumber = name <> "measure" && List.contains name LongTable.results
                name, (if isNumber then CsvCells.Numbers(LongTable.numbers name cells) else cells))

        ExplorerTable(title, "", Map.empty, Map.ofList columns, axes)

    /// <summary>A table from a CSV file: a header, then records; see <c>OfColumns</c>.</summary>
    /// <param name="title">Title in plain text.</param>
    /// <param name="path">Path of the file.</param>
    /// <returns>The table.</returns>
    /// <exception cref="T:System.IO.InvalidDataException">It is no table of results.</exception>
    static member Read(title: string, path: string) : ExplorerTable = ExplorerTable.OfColumns(title, CsvFile.read path)

    /// <summary>The same table with a label for one of its columns, for a measure, or for <c>bound</c> or <c>computed</c>.</summary>
    /// <param name="name">Name of the column, or of the measure.</param>
    /// <param name="markup">The label in <c>Markup</c>, with its unit: "τ, unit of weight".</param>
    /// <returns>A new table.</returns>
    /// <exception cref="T:System.ArgumentException">There is no such column and no such measure, or a brace stays open.</exception>
    member this.WithLabel(name: string, markup: string) : ExplorerTable =
        let known = this.Names

        if not (Seq.contains name known) then
            let list = String.concat ", " known
            invalidArg (nameof name) $"Expected one of {list}, got '{name}'."

        Markup.toHtml markup |> ignore
        ExplorerTable(title, about, Map.add name markup labels, columns, axes)

    /// <summary>The same table with words about it.</summary>
    /// <param name="markup">A paragraph in <c>Markup</c>; empty for none.</param>
    /// <returns>A new table.</returns>
    member _.WithAbout(markup: string) : ExplorerTable =
        Markup.toHtml markup |> ignore
        ExplorerTable(title, markup, labels, columns, axes)

    /// <summary>Title in plain text.</summary>
    member _.Title: string = title

    /// <summary>Names that may have a label: parameters, measures, and the columns <c>bound</c> and <c>computed</c> if there are such.</summary>
    member _.Names: IReadOnlyList<string> =
        let parameters = [ for axis in axes -> axis.Name ]
        let theory = [ "bound"; "computed" ] |> List.filter columns.ContainsKey
        List.toArray (parameters @ List.ofArray measure.Values @ theory) :> IReadOnlyList<string>

    /// <summary>Number of rows.</summary>
    member _.Count: int = measure.Places.Length

    // ---- What the page's script reads ----

    member internal _.Write(json: Utf8JsonWriter, name: string) =
        let column key = Map.tryFind key columns |> Option.map (LongTable.numbers key)
        let mean = LongTable.numbers "mean" columns["mean"]

        let lower, upper, interval, note =
            match column "lower", column "upper", column "standard_error" with
            | Some lower, Some upper, _ -> lower, upper, "interval", ""
            | _, _, Some errors ->
                Array.map2 (fun m e -> m - 1.96 * e) mean errors,
                Array.map2 (fun m e -> m + 1.96 * e) mean errors,
                "95 % interval",
                "Intervals are the mean ± 1.96 standard errors."
            | _ -> Array.map (fun _ -> nan) mean, Array.map (fun _ -> nan) mean, "interval", "The table has no intervals."

        let writeNumber (value: float) = if Double.IsFinite value then json.WriteNumberValue value else json.WriteNullValue()

        let writeNumbers (key: string) (values: float[]) =
            json.WriteStartArray key
            Array.iter writeNumber values
            json.WriteEndArray()

        let writeOptional (key: string) (name: string) =
            match column name with
            | Some values when Array.exists Double.IsFinite values -> writeNumbers key values
            | _ -> json.WriteNull key

        json.WriteStartObject()
        json.WriteString("name", name)
        json.WriteString("title", title)
        json.WriteString("about", Markup.toHtml about)
        json.WriteStartArray "axes"

        for axis in axes do
            json.WriteStartObject()
            json.WriteString("name", axis.Name)
            json.WriteString("label", label axis.Name)
            json.WriteStartArray "values"
            axis.Values |> Array.iter json.WriteStringValue
            json.WriteEndArray()

            match axis.Numbers with
            | ValueSome numbers -> writeNumbers "numbers" numbers
            | ValueNone -> json.WriteNull "numbers"

            json.WriteEndObject()

        json.WriteEndArray()
        json.WriteStartArray "measures"

        for measure in measure.Values do
            json.WriteStartObject()
            json.WriteString("name", measure)
            json.WriteString("label", label measure)
            json.WriteEndObject()

        json.WriteEndArray()
        json.WriteStartArray "rows"

        for row in 0 .. mean.Length - 1 do
            json.WriteStartArray()

            for axis in axes @ [ measure ] do
                json.WriteNumberValue axis.Places[row]

            json.WriteEndArray()

        json.WriteEndArray()
        writeNumbers "mean" mean
        writeNumbers "lower" lower
        writeNumbers "upper" upper
        writeOptional "replicas" "replicas"
        writeOptional "bound" "bound"
        writeOptional "computed" "computed"
        writeOptional "computedError" "computed_error"
        json.WriteString("boundLabel", label "bound")
        json.WriteString("computedLabel", (if labels.ContainsKey "computed" then label "computed" else "exact law"))
        json.WriteString("interval", interval)
        json.WriteString("intervalNote", note)
        json.WriteEndObject()
